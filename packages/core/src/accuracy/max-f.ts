import { assertRaster, assertSameSize, type FloatRaster } from '../raster.ts';
import { type MatteTruth, SUBJECT_ALPHA } from './truth.ts';

/** Precision counts for more than recall: Achanta et al. 2009, beta squared of 0.3. */
const BETA_SQUARED = 0.3;
const LEVELS = 255;

/**
 * 0..1: the F-measure (1 + b²)·P·R / (b²·P + R) of a matte (1 channel, 0..1) at the best of the thresholds 1/255,
 * 2/255, .. 1 for this one picture, against the truth cut at 0.5, over the pixels that are known. Without a threshold
 * of 0, which would call every pixel subject. Where the truth has no subject: 1 if some threshold finds none, else 0.
 */
export function maxF(alpha: FloatRaster, truth: MatteTruth): number {
  assertRaster(alpha, 'a matte to measure', 1);
  assertSameSize(alpha, truth.alpha, 'matte and truth');
  // How many pixels of each alpha there are, in the true subject and in all.
  const hits = new Float64Array(LEVELS + 1);
  const answers = new Float64Array(LEVELS + 1);
  let trueCount = 0;
  for (let i = 0; i < alpha.data.length; i++) {
    if (truth.known?.[i] === 0) continue;
    const level = Math.round(Math.min(1, Math.max(0, alpha.data[i] ?? 0)) * LEVELS);
    answers[level] = (answers[level] ?? 0) + 1;
    if ((truth.alpha.data[i] ?? 0) <= SUBJECT_ALPHA) continue;
    hits[level] = (hits[level] ?? 0) + 1;
    trueCount++;
  }
  if (trueCount === 0) return answers[LEVELS] === 0 ? 1 : 0;
  let best = 0;
  let hit = 0;
  let answered = 0;
  for (let level = LEVELS; level >= 1; level--) {
    hit += hits[level] ?? 0;
    answered += answers[level] ?? 0;
    // P = hit / answered and R = hit / trueCount, put in and shortened.
    if (hit > 0)
      best = Math.max(best, ((1 + BETA_SQUARED) * hit) / (BETA_SQUARED * trueCount + answered));
  }
  return best;
}
