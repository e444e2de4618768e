import { assertRaster, assertSameSize, type FloatRaster } from '../raster.ts';
import { type MatteTruth, SUBJECT_ALPHA } from './truth.ts';

export interface AlphaDifference {
  /** 0..1: pixels that both call subject (alpha over 0.5) among those that either does; 1 where neither has any. */
  readonly iou: number;
  /** 0..1: mean absolute difference of alpha. */
  readonly mae: number;
  /** Sum of absolute differences of alpha, in thousands; grows with the picture. */
  readonly sad: number;
}

const SAD_UNIT = 1000;

/**
 * How far a matte (1 channel, 0..1) is from the truth on the same grid, over the pixels that are known.
 * SAD as in Rhemann et al. 2009, over the whole picture, since no trimap is given.
 */
export function alphaDifference(alpha: FloatRaster, truth: MatteTruth): AlphaDifference {
  assertRaster(alpha, 'a matte to measure', 1);
  assertSameSize(alpha, truth.alpha, 'matte and truth');
  const { known } = truth;
  const answer = alpha.data;
  const real = truth.alpha.data;
  let sum = 0;
  let count = 0;
  let both = 0;
  let either = 0;
  for (let i = 0; i < answer.length; i++) {
    if (known?.[i] === 0) continue;
    const a = answer[i] ?? 0;
    const t = real[i] ?? 0;
    sum += Math.abs(a - t);
    count++;
    const isIn = a > SUBJECT_ALPHA;
    const isTrue = t > SUBJECT_ALPHA;
    if (isIn && isTrue) both++;
    if (isIn || isTrue) either++;
  }
  return { iou: either ? both / either : 1, mae: sum / Math.max(1, count), sad: sum / SAD_UNIT };
}
