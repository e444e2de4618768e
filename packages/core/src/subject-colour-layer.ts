import { endOfMixed, wordView } from './matte-words.ts';
import { assertRaster, assertSameSize, type ByteRaster, byteRaster } from './raster.ts';
import { estimateMixedColours } from './subject-colour.ts';
import type { LayerColours } from './subject-colour-levels.ts';
import { mixedColourReader, openMixedRow, readSubject } from './subject-colour-reader.ts';

/**
 * The subject in its own colours with the matte as straight alpha: 4 channels. An opaque pixel keeps the photo's
 * colour, a clear one is 0,0,0,0, a mixed one gets the colour without the background's share.
 * `photo` has 3 channels, `matte` 1; hand in `mixed` when the plate needs it too, and `out` to have it written there.
 * @throws DioramaError `INTERNAL` for other channels or sizes.
 */
export function subjectLayer(
  photo: ByteRaster,
  matte: ByteRaster,
  options: { readonly mixed?: LayerColours; readonly out?: ByteRaster } = {},
): ByteRaster {
  assertRaster(photo, 'a photo', 3);
  assertRaster(matte, 'a matte', 1);
  assertSameSize(photo, matte, 'photo and matte');
  const mixed = options.mixed ?? estimateMixedColours(photo, matte);
  const layer = options.out ?? byteRaster(photo, 4);
  assertRaster(layer, 'a subject to write', 4);
  assertSameSize(photo, layer, 'photo and subject');
  if (options.out) layer.data.fill(0);
  const out = layer.data;
  const { width, height, data: colours } = photo;
  const alphas = matte.data;
  const words = wordView(alphas);
  const reader = mixedColourReader(mixed, photo);
  const run = new Uint8ClampedArray(width * 3);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    const end = start + width;
    let isOpen = false;
    for (let i = start; i < end; ) {
      const alpha = alphas[i] ?? 0;
      if (alpha === 0) {
        // Clear pixels are left as they are, zero.
        i += words !== undefined && (i & 3) === 0 && words[i >> 2] === 0 ? 4 : 1;
      } else if (alpha === 255) {
        out[i * 4] = colours[i * 3] ?? 0;
        out[i * 4 + 1] = colours[i * 3 + 1] ?? 0;
        out[i * 4 + 2] = colours[i * 3 + 2] ?? 0;
        out[i * 4 + 3] = 255;
        i++;
      } else {
        const stop = endOfMixed(alphas, i, end);
        if (!isOpen) openMixedRow(reader, y);
        isOpen = true;
        readSubject(reader, alphas, i - start, stop - start, i, run);
        for (let t = 0; i < stop; i++, t += 3) {
          out[i * 4] = run[t] ?? 0;
          out[i * 4 + 1] = run[t + 1] ?? 0;
          out[i * 4 + 2] = run[t + 2] ?? 0;
          out[i * 4 + 3] = alphas[i] ?? 0;
        }
      }
    }
  }
  return layer;
}
