import { assertRaster, assertSameSize, type ByteRaster, byteRaster } from '../raster.ts';
import { plateShares, SharesReader } from './plate-shares.ts';

/**
 * A plate for a scene: 4 channels, opaque. A plate is filled in for some way around the subject, too; in a scene that is
 * seen from the front it is to be the photo, bit for bit, wherever the photo shows background. `plate` and `photo` have 3
 * channels, `hidden` 1: 255 where the photo shows none.
 * @throws DioramaError `INTERNAL` for other channels or sizes
 */
export function settlePlate(plate: ByteRaster, photo: ByteRaster, hidden: ByteRaster): ByteRaster {
  assertPlate(plate, photo, hidden);
  const { width, height } = plate;
  const reader = new SharesReader(plateShares(hidden), plate);
  const shares = new Float32Array(width);
  const out = byteRaster(plate, 4);
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    reader.read(y, shares);
    for (let x = 0; x < width; x++, from += 3, to += 4) {
      mixPixel(photo.data, plate.data, from, shares[x] as number, out.data, to); // one for each column
    }
  }
  return out;
}

/** Writes an opaque pixel: `share` of the fill, the rest of the photo. */
export function mixPixel(
  photo: Uint8Array,
  fill: Uint8Array,
  from: number,
  share: number,
  out: Uint8Array,
  to: number,
): void {
  if (share === 0) {
    out[to] = photo[from] as number; // one grid
    out[to + 1] = photo[from + 1] as number;
    out[to + 2] = photo[from + 2] as number;
  } else {
    for (let c = 0; c < 3; c++) {
      const seen = photo[from + c] as number;
      out[to + c] = seen + ((fill[from + c] as number) - seen) * share + 0.5;
    }
  }
  out[to + 3] = 255;
}

/** @throws DioramaError `INTERNAL` for a plate, a photo and what hides the background that are not of one grid */
export function assertPlate(plate: ByteRaster, photo: ByteRaster, hidden: ByteRaster): void {
  assertRaster(plate, 'a plate', 3);
  assertRaster(photo, 'a photo', 3);
  assertRaster(hidden, 'what hides the background', 1);
  assertSameSize(plate, photo, 'plate and photo');
  assertSameSize(plate, hidden, 'plate and what hides it');
}
