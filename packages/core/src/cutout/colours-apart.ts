import {
  assertRaster,
  type ByteRaster,
  byteRaster,
  type FloatRaster,
  floatRaster,
} from '../raster.ts';
import { fillByWeight } from '../weighted-fill.ts';

/** Side of the blocks, in pixels, from which the colours around a subject are made. */
const BLOCK_PX = 8;

/**
 * The colours of a subject (4 channels, straight alpha) without its alpha, as 3 channels. Where it is clear its colours
 * go on smoothly, so that a lossy picture of them has no edge that could show when the alpha is put back.
 * @throws DioramaError `INTERNAL` for other channels
 */
export function coloursApart(subject: ByteRaster): ByteRaster {
  assertRaster(subject, 'a subject', 4);
  const out = byteRaster(subject, 3);
  const { width, height, data } = subject;
  for (let channel = 0; channel < 3; channel++) {
    const around = coloursAround(subject, channel);
    for (let y = 0; y < height; y++) {
      const row = Math.min(around.height - 1, Math.max(0, (y + 0.5) / BLOCK_PX - 0.5));
      for (let x = 0; x < width; x++) {
        const i = y * width + x;
        const isClear = data[i * 4 + 3] === 0;
        out.data[i * 3 + channel] = isClear
          ? sampleAt(around, x, row)
          : (data[i * 4 + channel] ?? 0);
      }
    }
  }
  return out;
}

/** One channel's mean by block, each pixel counted as its alpha, and blocks without any filled from the others. */
function coloursAround({ width, height, data }: ByteRaster, channel: number): FloatRaster {
  const size = { width: Math.ceil(width / BLOCK_PX), height: Math.ceil(height / BLOCK_PX) };
  const sums = floatRaster(size, 1);
  const weights = floatRaster(size, 1);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / BLOCK_PX) * size.width;
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 4;
      const alpha = data[i + 3] ?? 0;
      if (alpha === 0) continue;
      const block = row + Math.floor(x / BLOCK_PX);
      sums.data[block] = (sums.data[block] ?? 0) + alpha * (data[i + channel] ?? 0);
      weights.data[block] = (weights.data[block] ?? 0) + alpha;
    }
  }
  for (let block = 0; block < sums.data.length; block++) {
    const weight = weights.data[block] ?? 0;
    if (weight === 0) continue;
    sums.data[block] = (sums.data[block] ?? 0) / weight;
    weights.data[block] = 1;
  }
  return fillByWeight(sums, weights);
}

/** Between the nearest blocks of two rows; `row` is a place between their centres. */
function sampleAt({ width, height, data }: FloatRaster, x: number, row: number): number {
  const column = Math.min(width - 1, Math.max(0, (x + 0.5) / BLOCK_PX - 0.5));
  const left = Math.floor(column);
  const top = Math.floor(row);
  const right = Math.min(width - 1, left + 1);
  const bottom = Math.min(height - 1, top + 1);
  const across = column - left;
  const upper = mix(data[top * width + left], data[top * width + right], across);
  const lower = mix(data[bottom * width + left], data[bottom * width + right], across);
  return mix(upper, lower, row - top) + 0.5;
}

function mix(a = 0, b = 0, share = 0): number {
  return a + (b - a) * share;
}
