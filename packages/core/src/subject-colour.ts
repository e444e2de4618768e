import {
  assertRaster,
  assertSameSize,
  type ByteRaster,
  type FloatRaster,
  floatRaster,
} from './raster.ts';
import { estimateLayerColours, type LayerColours } from './subject-colour-levels.ts';
import { countMixed, listMixed, type MixedColours } from './subject-colour-list.ts';
import { refineBand } from './subject-colour-refine.ts';

/** Pixels of the picture on which the dense part of the estimate works. */
const DENSE_PIXELS = 200_000;
/** Mixed pixels that are refined at a time: it bounds the memory at any size of photo. */
const BAND_PIXELS = 1 << 19;

/**
 * Subject and background colours in the mixed pixels: the dense multi-level method on a reduced picture, then
 * Gauss-Seidel steps at full size over the mixed pixels alone.
 * `photo` has 3 channels, `matte` 1 channel on the same grid.
 * @throws DioramaError `INTERNAL` for other channels or sizes.
 */
export function estimateMixedColours(photo: ByteRaster, matte: ByteRaster): MixedColours {
  assertRaster(photo, 'a photo', 3);
  assertRaster(matte, 'a matte', 1);
  assertSameSize(photo, matte, 'photo and matte');
  const rowCounts = countMixed(matte);
  let total = 0;
  for (let y = 0; y < rowCounts.length; y++) total += rowCounts[y] ?? 0;
  const mixed: MixedColours = {
    indices: new Uint32Array(total),
    foreground: new Uint8Array(total * 3),
    background: new Uint8Array(total * 3),
  };
  if (total === 0) return mixed;
  listMixed(matte, rowCounts, mixed.indices);
  const coarse = coarseColours(photo, matte);
  let first = 0;
  for (let y = 0; y < photo.height; ) {
    const top = y;
    let count = rowCounts[y++] ?? 0;
    while (y < photo.height && count + (rowCounts[y] ?? 0) <= BAND_PIXELS)
      count += rowCounts[y++] ?? 0;
    if (count > 0) refineBand({ photo, matte, coarse, mixed, first, count, top, rows: y - top });
    first += count;
  }
  return mixed;
}

function coarseColours(photo: ByteRaster, matte: ByteRaster): LayerColours {
  const scale = Math.max(1, Math.sqrt((photo.width * photo.height) / DENSE_PIXELS));
  const width = Math.max(1, Math.round(photo.width / scale));
  const height = Math.max(1, Math.round(photo.height / scale));
  const small = floatRaster({ width, height }, 3);
  const alpha = floatRaster({ width, height }, 1);
  reduceTogether(photo, matte, small, alpha);
  return estimateLayerColours(small, alpha);
}

/**
 * Means over up to 3x3 points of each cell, the same points for colour and alpha, so that the mixing equation holds
 * as well in the reduced picture as in the photo.
 */
function reduceTogether(
  photo: ByteRaster,
  matte: ByteRaster,
  small: FloatRaster,
  alpha: FloatRaster,
): void {
  const points = Math.min(3, Math.max(1, Math.floor(photo.width / small.width)));
  const columns = samplePoints(photo.width, small.width, points);
  const rows = samplePoints(photo.height, small.height, points);
  const share = 1 / (points * points);
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) {
      let r = 0;
      let g = 0;
      let b = 0;
      let a = 0;
      for (let v = 0; v < points; v++) {
        const row = (rows[y * points + v] ?? 0) * photo.width;
        for (let u = 0; u < points; u++) {
          const i = row + (columns[x * points + u] ?? 0);
          r += photo.data[i * 3] ?? 0;
          g += photo.data[i * 3 + 1] ?? 0;
          b += photo.data[i * 3 + 2] ?? 0;
          a += matte.data[i] ?? 0;
        }
      }
      const o = y * small.width + x;
      small.data[o * 3] = r * share;
      small.data[o * 3 + 1] = g * share;
      small.data[o * 3 + 2] = b * share;
      alpha.data[o] = (a * share) / 255;
    }
  }
}

/** For each of `cells` cells of a side of `length` pixels, `points` evenly spread pixel numbers. */
export function samplePoints(length: number, cells: number, points: number): Int32Array {
  const list = new Int32Array(cells * points);
  for (let k = 0; k < list.length; k++) {
    list[k] = Math.min(length - 1, Math.floor(((k + 0.5) * length) / (cells * points)));
  }
  return list;
}
