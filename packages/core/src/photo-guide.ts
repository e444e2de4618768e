import { type GuideStatistics, guideStatistics } from './guided-filter.ts';
import type { ByteRaster } from './raster.ts';

/** What enlarging needs to know of the photo at model size. It does not depend on the model's answer. */
export interface PhotoGuide {
  readonly matte: GuideStatistics;
  readonly depth: GuideStatistics;
}

/**
 * Small windows lose the fewest thin parts of a matte; chosen on mattes reduced to a quarter and an eighth. A
 * variance of 0.001 is a contrast of 8 in 255.
 */
const MATTE_GUIDE = { radius: 1, epsilon: 1e-3 };
/** 5x5 pixels of the model's: depth edges are rarely where the network drew them. */
const DEPTH_GUIDE = { radius: 2, epsilon: 2e-3 };

/** Describes a photo (3 channels, model size) for `upsampleMatte` and `upsampleDepth`, while the model still runs. */
export function describeGuide(photo: ByteRaster): PhotoGuide {
  return { matte: describeMatteGuide(photo), depth: describeDepthGuide(photo) };
}

/** The part for `upsampleMatte` alone, where matte and depth come from models of different sizes. */
export function describeMatteGuide(photo: ByteRaster): GuideStatistics {
  return guideStatistics(photo, MATTE_GUIDE);
}

/** The part for `upsampleDepth` alone. */
export function describeDepthGuide(photo: ByteRaster): GuideStatistics {
  return guideStatistics(photo, DEPTH_GUIDE);
}
