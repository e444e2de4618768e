import type { FloatRaster, Size } from '../raster.ts';
import { squaredDistances } from './distance-field.ts';
import { SUBJECT_ALPHA } from './truth.ts';

/** How far apart two boundaries may lie and still be the same, in shares of the diagonal: Perazzi et al. 2016. */
const TOLERANCE = 0.008;

/** Where a matte's subject ends. */
export interface Boundary {
  /** 1 at pixels with an alpha over 0.5 that have one without above, below or beside them; 0 elsewhere. */
  readonly pixels: Uint8Array;
  readonly count: number;
  /** Squared distance in pixels to the nearest of them. */
  readonly squaredDistances: Float64Array;
}

/** The boundary of a matte (1 channel, 0..1). The picture's own border is none. */
export function boundaryOf(matte: FloatRaster): Boundary {
  const { data, width, height } = matte;
  const pixels = new Uint8Array(data.length);
  const isOutside = (at: number) => (data[at] ?? 0) <= SUBJECT_ALPHA;
  let count = 0;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (isOutside(i)) continue;
      const isEdge =
        (x > 0 && isOutside(i - 1)) ||
        (x < width - 1 && isOutside(i + 1)) ||
        (y > 0 && isOutside(i - width)) ||
        (y < height - 1 && isOutside(i + width));
      if (!isEdge) continue;
      pixels[i] = 1;
      count++;
    }
  }
  return { pixels, count, squaredDistances: squaredDistances(matte, pixels) };
}

/** Within so many pixels a boundary is found: 0.8 % of the diagonal, rounded up. */
export function boundaryTolerancePx({ width, height }: Size): number {
  return Math.ceil(TOLERANCE * Math.hypot(width, height));
}

/**
 * 0..1: the F-measure 2·P·R / (P + R) of two boundaries on one grid, where P is the share of the answer's pixels
 * within the tolerance of the truth's, and R the share of the truth's within that of the answer's (Martin et al. 2004,
 * with the tolerance of Perazzi et al. 2016). 1 where neither has any pixel, 0 where one has none.
 */
export function boundaryF(answer: Boundary, truth: Boundary, tolerancePx: number): number {
  if (answer.count === 0 || truth.count === 0) return answer.count === truth.count ? 1 : 0;
  const precision = shareNear(answer, truth, tolerancePx);
  const recall = shareNear(truth, answer, tolerancePx);
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

function shareNear(of: Boundary, to: Boundary, tolerancePx: number): number {
  let near = 0;
  for (let i = 0; i < of.pixels.length; i++) {
    if (of.pixels[i] && (to.squaredDistances[i] ?? 0) <= tolerancePx * tolerancePx) near++;
  }
  return near / of.count;
}
