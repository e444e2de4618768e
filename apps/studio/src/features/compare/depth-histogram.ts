import type { ByteRaster, WordRaster } from '@diorama/core';

/** How many pixels lie at which depth, the farthest first. */
export interface DepthHistogram {
  /** Pixels of each bin. */
  readonly all: Float64Array;
  /** What of them is subject, by the matte: never more than `all`. */
  readonly subject: Float64Array;
  readonly pixels: number;
  /** 0..1: what of the photo is subject. */
  readonly subjectShare: number;
}

const BINS = 96;

/** Counts depths (1 channel, 0..65535) with a matte (1 channel, 0..255) of the same size. */
export function countDepths(depth: WordRaster, matte: ByteRaster, bins = BINS): DepthHistogram {
  const all = new Float64Array(bins);
  const subject = new Float64Array(bins);
  const { data } = depth;
  let inAll = 0;
  for (let i = 0; i < data.length; i++) {
    const bin = ((data[i] as number) * bins) >> 16; // in range by the loop's bound
    const alpha = matte.data[i] as number; // one grid
    all[bin] = (all[bin] as number) + 1;
    subject[bin] = (subject[bin] as number) + alpha;
    inAll += alpha;
  }
  for (let bin = 0; bin < bins; bin++) subject[bin] = (subject[bin] as number) / 255;
  return { all, subject, pixels: data.length, subjectShare: inAll / 255 / data.length };
}

/** The share of the photo that is nearer than a threshold, 0..1, as the bins tell it. */
export function shareNearer({ all, pixels }: DepthHistogram, threshold: number): number {
  const cut = threshold * all.length;
  let nearer = 0;
  for (let bin = 0; bin < all.length; bin++) {
    const part = Math.min(1, Math.max(0, bin + 1 - cut));
    nearer += (all[bin] ?? 0) * part;
  }
  return nearer / pixels;
}

/**
 * The outline of some bins as a path in a box of 1 by 1, heights as roots of their share of `highest`: a sky of one depth
 * leaves the rest to be seen.
 */
export function outlineOf(bins: Float64Array, highest: number): string {
  const parts = ['M0 1'];
  bins.forEach((count, bin) => {
    const y = (1 - Math.sqrt(highest > 0 ? Math.min(1, count / highest) : 0)).toFixed(4);
    parts.push(`L${(bin / bins.length).toFixed(4)} ${y}H${((bin + 1) / bins.length).toFixed(4)}`);
  });
  return `${parts.join('')}V1Z`;
}
