import { assertSameSize, type FloatRaster } from '../raster.ts';
import type { DepthTruth } from './truth.ts';

/** A depth within this ratio of the truth is right: Eigen et al. 2014. */
const RIGHT_RATIO = 1.25;

export interface DepthFit {
  /** Mean of |d - d*| / d* over depths (not inverse), d* the true one. */
  readonly absRel: number;
  /** 0..1: share of places where max(d / d*, d* / d) is below 1.25. */
  readonly delta1: number;
}

/**
 * How near inverse depth (1 channel) comes to the truth once its scale and shift are the best that they can be: least
 * squares in inverse depth, where affine-invariant models answer (Ranftl et al. 2022), held to the true range, then
 * turned over. `places` are the indexes where the truth is known, at least one.
 */
export function depthFit(inverse: FloatRaster, truth: DepthTruth, places: Uint32Array): DepthFit {
  assertSameSize(inverse, truth, 'depth and truth');
  const { scale, shift } = bestLine(inverse, truth, places);
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const place of places) {
    const real = truth.data[place] ?? 0;
    low = Math.min(low, real);
    high = Math.max(high, real);
  }
  let error = 0;
  let right = 0;
  for (const place of places) {
    const real = truth.data[place] ?? 0;
    const fitted = Math.min(high, Math.max(low, scale * (inverse.data[place] ?? 0) + shift));
    // |1/f - 1/r| / (1/r)
    error += Math.abs(real / fitted - 1);
    if (Math.max(fitted / real, real / fitted) < RIGHT_RATIO) right++;
  }
  return { absRel: error / places.length, delta1: right / places.length };
}

function bestLine(inverse: FloatRaster, truth: DepthTruth, places: Uint32Array) {
  let sumX = 0;
  let sumY = 0;
  for (const place of places) {
    sumX += inverse.data[place] ?? 0;
    sumY += truth.data[place] ?? 0;
  }
  const meanX = sumX / places.length;
  const meanY = sumY / places.length;
  let spread = 0;
  let together = 0;
  for (const place of places) {
    const x = (inverse.data[place] ?? 0) - meanX;
    spread += x * x;
    together += x * ((truth.data[place] ?? 0) - meanY);
  }
  // A flat answer has no slope to find; the mean is the best that it can say.
  const scale = spread > 0 ? together / spread : 0;
  return { scale, shift: meanY - scale * meanX };
}
