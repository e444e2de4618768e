import { assertRaster, type FloatRaster, floatRaster } from './raster.ts';

/** Range of inverse depth over which a split goes from nothing to all, so that surfaces end softly. */
const RAMP = 0.02;

/**
 * A matte (1 channel, 0..1) of what is nearer than a threshold, from inverse depth (1 channel, 0..1, 1 near): one half
 * at the threshold itself. At the threshold 0 it holds all but the farthest, at 1 nothing.
 */
export function matteByDepth(inverse: FloatRaster, threshold: number): FloatRaster {
  assertRaster(inverse, 'inverse depth', 1);
  const half = Math.min(RAMP / 2, threshold, 1 - threshold);
  const matte = floatRaster(inverse, 1);
  for (let i = 0; i < matte.data.length; i++) {
    const beyond = (inverse.data[i] ?? 0) - threshold;
    matte.data[i] = half > 0 ? Math.min(1, Math.max(0, beyond / (2 * half) + 0.5)) : +(beyond > 0);
  }
  return matte;
}
