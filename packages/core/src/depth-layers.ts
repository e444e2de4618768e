import { localMaximum, localMinimum } from './neighbourhood.ts';
import { assertRaster, assertSameSize, type FloatRaster, floatRaster } from './raster.ts';
import { fillByWeight } from './weighted-fill.ts';

/**
 * Networks smear depth across a silhouette. What a pixel counts, by how many pixels of the model's it is away from
 * the other side: little ones carry a limb thinner than the smear, and vanish beside any that is surely clean.
 */
const BELIEF = { at0Px: 0.001, at2Px: 0.03, at4Px: 1 };
/** Alpha at which a pixel is wholly one side's. */
const SURE_ALPHA = 0.9;
/** Steps of inverse depth at the silhouette (share of the photo's range) that are no jump, and that surely are. */
const NO_JUMP = 0.015;
const SURE_JUMP = 0.05;

/** One depth map taken apart at the subject's silhouette. Both are whole planes of the model's size, 0..1. */
export interface SplitDepth {
  /** The subject's inverse depth, extended smoothly past its edge. */
  readonly subject: FloatRaster;
  /** The background's inverse depth, extended smoothly behind the subject. */
  readonly plate: FloatRaster;
}

/**
 * Takes inverse depth (1 channel, 0..1, model size) apart into the subject's and the background's, by a matte of
 * the same size (1 channel, 0..1). Values smeared across the silhouette belong to neither and are replaced from
 * either side; where both sides meet at the same depth, as feet do with the ground, both keep the values they had.
 * Without a subject, or without a background, both maps are the depth as it came.
 */
export function splitDepth(inverse: FloatRaster, lowMatte: FloatRaster): SplitDepth {
  assertRaster(inverse, 'inverse depth', 1);
  assertRaster(lowMatte, 'a matte', 1);
  assertSameSize(inverse, lowMatte, 'depth and matte');
  const subject = fillByWeight(inverse, believed(lowMatte, localMinimum, 0));
  const plate = fillByWeight(inverse, believed(lowMatte, localMaximum, 1));
  for (let i = 0; i < inverse.data.length; i++) {
    const came = inverse.data[i] ?? 0;
    const near = subject.data[i] ?? 0;
    const far = plate.data[i] ?? 0;
    const jump = smoothStep(NO_JUMP, SURE_JUMP, Math.abs(near - far));
    subject.data[i] = came + jump * (near - came);
    plate.data[i] = came + jump * (far - came);
  }
  return { subject, plate };
}

/** What each pixel counts for one side, whose distance to the `other` side's alpha `shrink` keeps. */
function believed(lowMatte: FloatRaster, shrink: typeof localMinimum, other: 0 | 1): FloatRaster {
  const weights = floatRaster(lowMatte, 1);
  const by2Px = shrink(lowMatte, 2);
  raiseBelief(weights, lowMatte, other, BELIEF.at0Px);
  raiseBelief(weights, by2Px, other, BELIEF.at2Px);
  raiseBelief(weights, shrink(by2Px, 2), other, BELIEF.at4Px);
  return weights;
}

/** Raises the weights to `weight` where alpha, counted from the other side's, is sure. */
function raiseBelief(
  weights: FloatRaster,
  alphas: FloatRaster,
  other: 0 | 1,
  weight: number,
): void {
  for (let i = 0; i < weights.data.length; i++) {
    const own = Math.abs((alphas.data[i] ?? 0) - other);
    if (own <= 0.5) continue;
    const raised = weight * smoothStep(0.5, SURE_ALPHA, own);
    if (raised > (weights.data[i] ?? 0)) weights.data[i] = raised;
  }
}

function smoothStep(from: number, to: number, at: number): number {
  const t = Math.min(1, Math.max(0, (at - from) / (to - from)));
  return t * t * (3 - 2 * t);
}
