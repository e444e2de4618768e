import { assertRaster, assertSameSize, type FloatRaster } from '../raster.ts';
import { type MatteTruth, SUBJECT_ALPHA } from './truth.ts';

/** How much the objects count beside the regions: alpha in Fan et al. 2017. */
const OBJECT_SHARE = 0.5;
/** Keeps quotients finite, as in the authors' code. */
const EPSILON = Number.EPSILON;

/** Sums over the pixels of one quarter. The truth is 0 or 1, and so its own square. */
interface Sums {
  count: number;
  answer: number;
  answerSquared: number;
  /** Pixels of the true subject, and the same two sums over these alone. */
  truth: number;
  inside: number;
  insideSquared: number;
}

/**
 * 0..1: the structure measure of a matte (1 channel, 0..1) against the truth cut at 0.5 (Fan, Cheng, Liu, Li, Borji:
 * "Structure-measure: a new way to evaluate foreground maps", ICCV 2017), over the pixels that are known. Half of it
 * is how full the answer is inside and how empty outside of the true subject, half how alike both are in the four
 * quarters around its centre. Where the truth is all background it is 1 - mean(answer), where all subject
 * mean(answer).
 */
export function structureMeasure(alpha: FloatRaster, truth: MatteTruth): number {
  assertRaster(alpha, 'a matte to measure', 1);
  assertSameSize(alpha, truth.alpha, 'matte and truth');
  const quarters = sumQuarters(alpha, truth, centreOf(truth));
  const all = total(quarters);
  if (all.count === 0) return 1;
  if (all.truth === 0) return 1 - all.answer / all.count;
  if (all.truth === all.count) return all.answer / all.count;
  const regions = quarters.reduce((sum, q) => sum + (q.count / all.count) * likeness(q), 0);
  return Math.max(0, OBJECT_SHARE * objectMeasure(all) + (1 - OBJECT_SHARE) * regions);
}

interface Centre {
  readonly x: number;
  readonly y: number;
}

/** Where the four quarters meet: behind the row and the column that the subject's centre is in. */
function centreOf({ alpha, known }: MatteTruth): Centre {
  let count = 0;
  let sumX = 0;
  let sumY = 0;
  for (let y = 0, i = 0; y < alpha.height; y++) {
    for (let x = 0; x < alpha.width; x++, i++) {
      if (known?.[i] === 0 || (alpha.data[i] ?? 0) <= SUBJECT_ALPHA) continue;
      count++;
      sumX += x;
      sumY += y;
    }
  }
  return { x: Math.round(sumX / count) + 1, y: Math.round(sumY / count) + 1 };
}

function sumQuarters(alpha: FloatRaster, truth: MatteTruth, centre: Centre): readonly Sums[] {
  const { data, width, height } = alpha;
  const quarters = [blankSums(), blankSums(), blankSums(), blankSums()];
  for (let y = 0, i = 0; y < height; y++) {
    const row = y < centre.y ? 0 : 2;
    for (let x = 0; x < width; x++, i++) {
      if (truth.known?.[i] === 0) continue;
      const sums = quarters[row + (x < centre.x ? 0 : 1)] as Sums; // 0..3
      const a = data[i] ?? 0;
      sums.count++;
      sums.answer += a;
      sums.answerSquared += a * a;
      if ((truth.alpha.data[i] ?? 0) <= SUBJECT_ALPHA) continue;
      sums.truth++;
      sums.inside += a;
      sums.insideSquared += a * a;
    }
  }
  return quarters;
}

/** S_o: inside, where the answer should be 1, and outside, where what it leaves should be, by their shares. */
function objectMeasure({ count, truth, answer, answerSquared, inside, insideSquared }: Sums) {
  const rest = count - truth;
  const outside = answer - inside;
  const outsideSquared = answerSquared - insideSquared;
  const full = fullness(truth, inside, insideSquared);
  const empty = fullness(rest, rest - outside, rest - 2 * outside + outsideSquared);
  return (truth * full + rest * empty) / count;
}

/** 2x / (x² + 1 + sigma) for the mean x and the deviation sigma of samples that should all be 1. */
function fullness(count: number, sum: number, sumSquared: number): number {
  const mean = sum / count;
  const variance = count > 1 ? (sumSquared - sum * mean) / (count - 1) : 0;
  return (2 * mean) / (mean * mean + 1 + Math.sqrt(Math.max(0, variance)) + EPSILON);
}

/** S_r of one quarter: the structural similarity of answer and truth, from their means and covariance. */
function likeness({ count, answer, answerSquared, truth, inside }: Sums): number {
  if (count === 0) return 0;
  const x = answer / count;
  const y = truth / count;
  const degrees = count - 1 + EPSILON;
  const varianceX = Math.max(0, answerSquared - answer * x) / degrees;
  const varianceY = Math.max(0, truth - truth * y) / degrees;
  const covariance = (inside - answer * y) / degrees;
  const above = 4 * x * y * covariance;
  const below = (x * x + y * y) * (varianceX + varianceY);
  if (above !== 0) return above / (below + EPSILON);
  return below === 0 ? 1 : 0;
}

function blankSums(): Sums {
  return { count: 0, answer: 0, answerSquared: 0, truth: 0, inside: 0, insideSquared: 0 };
}

function total(parts: readonly Sums[]): Sums {
  const sums = blankSums();
  const names = Object.keys(sums) as (keyof Sums)[]; // blankSums has every key
  for (const part of parts) for (const name of names) sums[name] += part[name];
  return sums;
}
