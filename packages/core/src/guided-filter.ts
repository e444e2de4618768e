import { boxMean } from './box-filter.ts';
import {
  assertRaster,
  assertSameSize,
  type ByteRaster,
  type FloatRaster,
  floatRaster,
} from './raster.ts';

/** How far a guided filter looks and how much contrast of the guide it takes for an edge. */
export interface GuidedFilterOptions {
  /** Half the window, in pixels of the guide. */
  readonly radius: number;
  /** Variance of a colour in 0..1 below which the guide counts as flat. */
  readonly epsilon: number;
}

/** What the guided filter needs of its guide alone; one guide serves several planes. */
export interface GuideStatistics {
  readonly guide: ByteRaster;
  readonly radius: number;
  /** 3 channels: mean colour of each window, 0..1. */
  readonly means: FloatRaster;
  /** 6 channels: the upper triangle, row by row, of the inverse of each window's colour covariance + epsilon. */
  readonly inverses: FloatRaster;
}

const BYTE = 1 / 255;

/** Colour statistics of the window around each pixel of a 3-channel guide. */
export function guideStatistics(guide: ByteRaster, options: GuidedFilterOptions): GuideStatistics {
  assertRaster(guide, 'a guide', 3);
  const means = boxMean(colourPlanes(guide), options.radius);
  const inverses = boxMean(productPlanes(guide), options.radius);
  const data = inverses.data;
  const pixels = guide.width * guide.height;
  for (let i = 0, m = 0, s = 0; i < pixels; i++, m += 3, s += 6) {
    const r = means.data[m] ?? 0;
    const g = means.data[m + 1] ?? 0;
    const b = means.data[m + 2] ?? 0;
    const rr = (data[s] ?? 0) - r * r + options.epsilon;
    const rg = (data[s + 1] ?? 0) - r * g;
    const rb = (data[s + 2] ?? 0) - r * b;
    const gg = (data[s + 3] ?? 0) - g * g + options.epsilon;
    const gb = (data[s + 4] ?? 0) - g * b;
    const bb = (data[s + 5] ?? 0) - b * b + options.epsilon;
    // The inverse of a symmetric 3x3 matrix by its cofactors.
    const crr = gg * bb - gb * gb;
    const crg = gb * rb - rg * bb;
    const crb = rg * gb - gg * rb;
    const scale = 1 / (rr * crr + rg * crg + rb * crb);
    data[s] = crr * scale;
    data[s + 1] = crg * scale;
    data[s + 2] = crb * scale;
    data[s + 3] = (rr * bb - rb * rb) * scale;
    data[s + 4] = (rb * rg - rr * gb) * scale;
    data[s + 5] = (rr * gg - rg * rg) * scale;
  }
  return { guide, radius: options.radius, means, inverses };
}

/** How a plane leans on its guide. */
export interface SlopeOptions {
  /** 1 channel, 0..1: how far each window may lean on the guide; 0 lets nothing of it through. */
  readonly trust?: FloatRaster;
  /** Standard deviation of the plane within a window up to which it counts as smooth: no slope at all. */
  readonly smoothBelow?: number;
}

/**
 * The guided filter's averaged slopes (He et al. 2013, "Guided Image Filtering", equation 19 and the averaging of
 * equation 20): 3 channels, by how much the plane rises with each colour 0..255 around each pixel.
 */
export function guidedSlopes(
  statistics: GuideStatistics,
  plane: FloatRaster,
  { trust, smoothBelow = 0 }: SlopeOptions = {},
): FloatRaster {
  const { guide, radius, means, inverses } = statistics;
  assertRaster(plane, 'a plane to filter', 1);
  assertSameSize(guide, plane, 'a guide and the plane it guides');
  const isGraded = smoothBelow > 0;
  const local = boxMean(weightedPlanes(guide, plane, isGraded), radius).data;
  const stride = isGraded ? 5 : 4;
  const slopes = floatRaster(plane, 3);
  const smoothVariance = smoothBelow * smoothBelow;
  const pixels = guide.width * guide.height;
  for (let i = 0, m = 0, s = 0, t = 0; i < pixels; i++, m += 3, s += 6, t += stride) {
    const p = local[t + 3] ?? 0;
    let lean = trust ? (trust.data[i] ?? 0) : 1;
    if (isGraded) {
      // Nothing up to the limit, all at four times its deviation, so that neither end shows as a line.
      const variance = (local[t + 4] ?? 0) - p * p;
      lean *= Math.min(1, Math.max(0, (variance / smoothVariance - 1) / 15));
    }
    if (!(lean > 0)) continue;
    const pr = ((local[t] ?? 0) - (means.data[m] ?? 0) * p) * lean;
    const pg = ((local[t + 1] ?? 0) - (means.data[m + 1] ?? 0) * p) * lean;
    const pb = ((local[t + 2] ?? 0) - (means.data[m + 2] ?? 0) * p) * lean;
    const rg = inverses.data[s + 1] ?? 0;
    const rb = inverses.data[s + 2] ?? 0;
    const gb = inverses.data[s + 4] ?? 0;
    slopes.data[m] = (pr * (inverses.data[s] ?? 0) + pg * rg + pb * rb) * BYTE;
    slopes.data[m + 1] = (pr * rg + pg * (inverses.data[s + 3] ?? 0) + pb * gb) * BYTE;
    slopes.data[m + 2] = (pr * rb + pg * gb + pb * (inverses.data[s + 5] ?? 0)) * BYTE;
  }
  return boxMean(slopes, radius);
}

function colourPlanes(guide: ByteRaster): FloatRaster {
  const planes = floatRaster(guide, 3);
  for (let i = 0; i < guide.data.length; i++) planes.data[i] = (guide.data[i] ?? 0) * BYTE;
  return planes;
}

function productPlanes(guide: ByteRaster): FloatRaster {
  const planes = floatRaster(guide, 6);
  for (let i = 0, t = 0; i < guide.data.length; i += 3, t += 6) {
    const r = (guide.data[i] ?? 0) * BYTE;
    const g = (guide.data[i + 1] ?? 0) * BYTE;
    const b = (guide.data[i + 2] ?? 0) * BYTE;
    planes.data[t] = r * r;
    planes.data[t + 1] = r * g;
    planes.data[t + 2] = r * b;
    planes.data[t + 3] = g * g;
    planes.data[t + 4] = g * b;
    planes.data[t + 5] = b * b;
  }
  return planes;
}

/** The plane times each colour, the plane itself and, if asked for, its square. */
function weightedPlanes(guide: ByteRaster, plane: FloatRaster, isSquared: boolean): FloatRaster {
  const planes = floatRaster(guide, isSquared ? 5 : 4);
  const stride = planes.channels;
  for (let i = 0, s = 0, t = 0; i < plane.data.length; i++, s += 3, t += stride) {
    const p = plane.data[i] ?? 0;
    planes.data[t] = p * (guide.data[s] ?? 0) * BYTE;
    planes.data[t + 1] = p * (guide.data[s + 1] ?? 0) * BYTE;
    planes.data[t + 2] = p * (guide.data[s + 2] ?? 0) * BYTE;
    planes.data[t + 3] = p;
    if (isSquared) planes.data[t + 4] = p * p;
  }
  return planes;
}
