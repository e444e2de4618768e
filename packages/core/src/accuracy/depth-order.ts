import { assertSameSize, type FloatRaster } from '../raster.ts';
import type { PlacePairs } from './random-pairs.ts';
import type { DepthTruth } from './truth.ts';

/** How pairs are judged, for whoever reports the shares. */
export const DEPTH_ORDER = {
  /** Two places tell nothing unless one is this many times as far as the other. */
  ratio: 1.1,
  /** Within this share of the height two places are on one row, and "lower is nearer" tells nothing. */
  sameRow: 0.03,
} as const;

/** Fewer pairs that tell something are too few for a share. */
const FEWEST_PAIRS = 20;

export interface OrderShares {
  /** 0..1: pairs of which the depth says rightly which one is nearer; a tie is half right. */
  readonly ordinal?: number;
  /** The same for pairs on one row. */
  readonly ordinalSameRow?: number;
}

/** How well inverse depth (1 channel, larger is nearer) keeps the true order, as WHDR in Chen et al. 2016 asks. */
export function orderShares(
  inverse: FloatRaster,
  truth: DepthTruth,
  { first, second }: PlacePairs,
): OrderShares {
  assertSameSize(inverse, truth, 'depth and truth');
  const { width, height } = truth;
  const all = { right: 0, count: 0 };
  const level = { right: 0, count: 0 };
  for (let k = 0; k < first.length; k++) {
    const one = first[k] ?? 0;
    const two = second[k] ?? 0;
    const trueOne = truth.data[one] ?? 0;
    const trueTwo = truth.data[two] ?? 0;
    if (Math.max(trueOne, trueTwo) <= DEPTH_ORDER.ratio * Math.min(trueOne, trueTwo)) continue;
    const step = (inverse.data[one] ?? 0) - (inverse.data[two] ?? 0);
    const right = step === 0 ? 0.5 : step > 0 === trueOne > trueTwo ? 1 : 0;
    all.right += right;
    all.count++;
    const rows = Math.abs(Math.floor(one / width) - Math.floor(two / width));
    if (rows > DEPTH_ORDER.sameRow * height) continue;
    level.right += right;
    level.count++;
  }
  return {
    ...(all.count < FEWEST_PAIRS ? {} : { ordinal: all.right / all.count }),
    ...(level.count < FEWEST_PAIRS ? {} : { ordinalSameRow: level.right / level.count }),
  };
}
