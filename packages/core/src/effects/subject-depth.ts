import {
  assertRaster,
  assertSameSize,
  type ByteRaster,
  type FloatRaster,
  floatRaster,
  type WordRaster,
  wordRaster,
} from '../raster.ts';
import { fillByWeight } from '../weighted-fill.ts';

/** What is outside the subject is smooth: it is worked out on a grid whose longer side is no longer than this. */
const COARSE_LONG_SIDE = 1024;
/** From this alpha on a pixel's depth is the subject's, and from that on surely. */
const OWN_ALPHA = 128;
const SURE_ALPHA = 230;

/**
 * The subject's own inverse depth (1 channel, 0..65535): where the matte (1 channel) is full it is the photo's, past the
 * edge it goes on smoothly, so that an edge of the matte is no jump in depth. Without a subject it is the photo's.
 */
export function extendSubjectDepth(depth: WordRaster, matte: ByteRaster): WordRaster {
  assertRaster(depth, 'depth', 1);
  assertRaster(matte, 'a matte', 1);
  assertSameSize(depth, matte, 'depth and matte');
  const { width, height } = depth;
  const factor = Math.max(1, Math.ceil(Math.max(width, height) / COARSE_LONG_SIDE));
  const coarse = fillCoarse(depth, matte, factor);
  if (!coarse) return depth;
  const out = wordRaster(depth, 1);
  const { width: columns, height: rows, data: values } = coarse;
  for (let y = 0, pixel = 0; y < height; y++) {
    const v = Math.min(rows - 1, Math.max(0, (y + 0.5) / factor - 0.5));
    const top = v | 0;
    const down = v - top;
    const above = top * columns;
    const below = Math.min(rows - 1, top + 1) * columns;
    for (let x = 0; x < width; x++, pixel++) {
      const own = depth.data[pixel] as number; // one grid
      const weight = weightOf(matte.data[pixel] as number);
      if (weight === 1) {
        out.data[pixel] = own;
        continue;
      }
      const u = Math.min(columns - 1, Math.max(0, (x + 0.5) / factor - 0.5));
      const left = u | 0;
      const right = Math.min(columns - 1, left + 1);
      const aside = u - left;
      const upper =
        (values[above + left] as number) * (1 - aside) + (values[above + right] as number) * aside;
      const lower =
        (values[below + left] as number) * (1 - aside) + (values[below + right] as number) * aside;
      const guess = upper + (lower - upper) * down;
      out.data[pixel] = guess + (own - guess) * weight + 0.5;
    }
  }
  return out;
}

function weightOf(alpha: number): number {
  if (alpha < OWN_ALPHA) return 0;
  return alpha >= SURE_ALPHA ? 1 : (alpha - OWN_ALPHA + 1) / (SURE_ALPHA - OWN_ALPHA + 1);
}

/** The subject's depth on a grid of blocks, filled; nothing where there is no subject. */
function fillCoarse(depth: WordRaster, matte: ByteRaster, factor: number): FloatRaster | undefined {
  const { width, height } = depth;
  const size = { width: Math.ceil(width / factor), height: Math.ceil(height / factor) };
  const sums = floatRaster(size, 1);
  const weights = floatRaster(size, 1);
  for (let y = 0, pixel = 0; y < height; y++) {
    const row = Math.floor(y / factor) * size.width;
    for (let x = 0; x < width; x++, pixel++) {
      const weight = weightOf(matte.data[pixel] as number); // one grid
      if (weight === 0) continue;
      const at = row + Math.floor(x / factor);
      sums.data[at] = (sums.data[at] as number) + weight * (depth.data[pixel] as number);
      weights.data[at] = (weights.data[at] as number) + weight;
    }
  }
  let isAny = false;
  for (let at = 0; at < sums.data.length; at++) {
    const weight = weights.data[at] as number;
    if (weight === 0) continue;
    isAny = true;
    sums.data[at] = (sums.data[at] as number) / weight;
    weights.data[at] = Math.min(1, weight);
  }
  return isAny ? fillByWeight(sums, weights) : undefined;
}
