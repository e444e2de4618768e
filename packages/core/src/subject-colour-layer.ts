import { assertRaster, assertSameSize, type ByteRaster, byteRaster } from './raster.ts';
import { estimateMixedColours } from './subject-colour.ts';
import { type MixedColours, wordView } from './subject-colour-list.ts';

/**
 * The subject in its own colours with the matte as straight alpha: 4 channels. An opaque pixel keeps the photo's
 * colour, a clear one is 0,0,0,0, a mixed one gets the colour without the background's share.
 * `photo` has 3 channels, `matte` 1; hand in `mixed` when the plate needs it too.
 * @throws DioramaError `INTERNAL` for other channels or sizes.
 */
export function subjectLayer(
  photo: ByteRaster,
  matte: ByteRaster,
  mixed: MixedColours = estimateMixedColours(photo, matte),
): ByteRaster {
  assertRaster(photo, 'a photo', 3);
  assertRaster(matte, 'a matte', 1);
  assertSameSize(photo, matte, 'photo and matte');
  const layer = byteRaster(photo, 4);
  copyOpaque(photo.data, matte.data, layer.data);
  const { indices, foreground } = mixed;
  for (let s = 0; s < indices.length; s++) {
    const i = indices[s] ?? 0;
    layer.data[i * 4] = foreground[s * 3] ?? 0;
    layer.data[i * 4 + 1] = foreground[s * 3 + 1] ?? 0;
    layer.data[i * 4 + 2] = foreground[s * 3 + 2] ?? 0;
    layer.data[i * 4 + 3] = matte.data[i] ?? 0;
  }
  return layer;
}

/** Clear pixels are left as they are, zero; four of them are passed at a time. */
function copyOpaque(photo: Uint8Array, matte: Uint8Array, out: Uint8Array): void {
  const words = wordView(matte);
  const count = matte.length;
  let i = 0;
  while (i < count) {
    if (words !== undefined && (i & 3) === 0 && words[i >> 2] === 0) {
      i += 4;
      continue;
    }
    if (matte[i] === 255) {
      out[i * 4] = photo[i * 3] ?? 0;
      out[i * 4 + 1] = photo[i * 3 + 1] ?? 0;
      out[i * 4 + 2] = photo[i * 3 + 2] ?? 0;
      out[i * 4 + 3] = 255;
    }
    i++;
  }
}
