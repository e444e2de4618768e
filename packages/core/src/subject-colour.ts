import { hasMixed } from './matte-words.ts';
import {
  assertRaster,
  assertSameSize,
  type ByteRaster,
  type FloatRaster,
  floatRaster,
} from './raster.ts';
import { estimateLayerColours, type LayerColours } from './subject-colour-levels.ts';

/** Pixels of the reduced picture on which the estimate works. */
const DENSE_PIXELS = 130_000;

/**
 * Subject and background colours of a photo at reduced size, by the dense multi-level method; a
 * `mixedColourReader` reads them at the photo's own size where 0 < alpha < 1. Without such a pixel nothing is
 * estimated. `photo` has 3 channels, `matte` 1 channel on the same grid.
 * @throws DioramaError `INTERNAL` for other channels or sizes.
 */
export function estimateMixedColours(photo: ByteRaster, matte: ByteRaster): LayerColours {
  assertRaster(photo, 'a photo', 3);
  assertRaster(matte, 'a matte', 1);
  assertSameSize(photo, matte, 'photo and matte');
  if (hasMixed(matte)) return coarseColours(photo, matte);
  const nobodyAsks = new Float32Array(3);
  return { width: 1, height: 1, foreground: nobodyAsks, background: nobodyAsks };
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
