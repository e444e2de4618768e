import { assertRaster, type FloatRaster } from './raster.ts';

const BINS = 256;
/** A valley is this many bins wide to either side: a single empty bin is chance. */
const VALLEY_REACH = 5;
/** Scores that differ by less than this share are one and the same. */
const EVEN = 1e-9;

/**
 * The depth at which a photo falls apart best into what is near and what is far, from its inverse depth (1 channel,
 * 0..1): 0..1 in thousandths. It is 1, than which nothing is nearer, where all is equally far.
 *
 * The variance between both sides (Otsu 1979, "A threshold selection method from gray-level histograms") is weighted by
 * how few pixels lie around the threshold (Fan & Lei 2012, "A modified valley-emphasis method for automatic
 * thresholding"), since a cut through an empty range of depths goes around things instead of through them.
 */
export function suggestDepthThreshold(inverse: FloatRaster): number {
  assertRaster(inverse, 'inverse depth', 1);
  const scores = scoreCuts(histogramOf(inverse), inverse.data.length);
  const best = Math.max(...scores);
  if (!(best > 0)) return 1;
  // Every cut through an empty range is as good as the others: its middle is the farthest from both sides.
  const first = scores.findIndex((score) => score >= best * (1 - EVEN));
  let last = first;
  while ((scores[last + 1] ?? 0) >= best * (1 - EVEN)) last++;
  return Math.round((1000 * ((first + last) / 2 + 1)) / BINS) / 1000;
}

function histogramOf({ data }: FloatRaster): Float64Array {
  const counts = new Float64Array(BINS);
  for (const value of data) {
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(value * BINS)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** How good a cut after each bin is; 0 where one side would be empty. */
function scoreCuts(counts: Float64Array, pixels: number): number[] {
  let whole = 0;
  for (let bin = 0; bin < BINS; bin++) whole += bin * (counts[bin] ?? 0);
  const mean = whole / pixels;
  let far = 0;
  let farSum = 0;
  return Array.from({ length: BINS - 1 }, (_, bin) => {
    far += counts[bin] ?? 0;
    farSum += bin * (counts[bin] ?? 0);
    if (far === 0 || far === pixels) return 0;
    const share = far / pixels;
    const between = (mean * share - farSum / pixels) ** 2 / (share * (1 - share));
    return between * (1 - shareAround(counts, bin, pixels));
  });
}

/** The share of the pixels that lie around a cut after this bin. */
function shareAround(counts: Float64Array, bin: number, pixels: number): number {
  let around = 0;
  for (let near = bin - VALLEY_REACH; near <= bin + VALLEY_REACH; near++) {
    around += counts[near] ?? 0; // beyond the ends there is nothing
  }
  return around / pixels;
}
