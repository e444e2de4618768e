import { PATCH_RADIUS, type PatchLevel } from './patch-level.ts';
import { nextBelow, type SeededRandom } from './seeded-random.ts';

/**
 * The price of a match from higher or lower in the picture. Ground, horizon and sky lie in rows: without it a plain
 * street climbs up into the houses.
 */
export interface DropPrice {
  /** Squared difference per cell. */
  readonly cost: number;
  /** Cells that are free, so that the rows do not repeat themselves. */
  readonly free: number;
}

/** What a level's search needs beside the level: the compared cells, the price of a far match, the best so far. */
export interface PatchSearch {
  /** Differences of sample numbers from a patch's middle to its compared cells. */
  readonly taps: Int32Array;
  readonly drop: DropPrice;
  /** Best squared difference found so far, per padded cell. */
  readonly cost: Float32Array;
}

export function patchSearch(level: PatchLevel, drop: DropPrice): PatchSearch {
  const taps: number[] = [];
  for (let y = -PATCH_RADIUS; y <= PATCH_RADIUS; y++) {
    for (let x = -PATCH_RADIUS; x <= PATCH_RADIUS; x++) {
      // Every second cell, like a chessboard: half the work, the same matches but for few.
      if (((x + y) & 1) === 0) taps.push((y * level.stride + x) * 3);
    }
  }
  return { taps: new Int32Array(taps), drop, cost: new Float32Array(level.hole.length) };
}

/** Squared difference of two patches and the price of their vertical distance; exact only where below `limit`. */
export function patchCost(
  level: PatchLevel,
  search: PatchSearch,
  target: number,
  source: number,
  limit: number,
): number {
  const { rgb, stride } = level;
  const { taps } = search;
  const a = target * 3;
  const b = source * 3;
  let drop = ((target / stride) | 0) - ((source / stride) | 0);
  drop = Math.abs(drop) - search.drop.free;
  let sum = drop > 0 ? drop * search.drop.cost : 0;
  for (let k = 0; k < 25; k++) {
    const t = taps[k] ?? 0;
    const i = a + t;
    const j = b + t;
    const r = (rgb[i] ?? 0) - (rgb[j] ?? 0);
    const g = (rgb[i + 1] ?? 0) - (rgb[j + 1] ?? 0);
    const v = (rgb[i + 2] ?? 0) - (rgb[j + 2] ?? 0);
    sum += r * r + g * g + v * v;
    if (sum >= limit) return sum;
  }
  return sum;
}

/**
 * One pass of the nearest-patch search (PatchMatch, Barnes et al. 2009) over the hole: each cell tries the matches
 * of the two neighbours that the pass has just seen, shifted, then random sources around its own, from `widest` cells
 * away down to 1.
 */
export function searchPass(
  level: PatchLevel,
  search: PatchSearch,
  random: SeededRandom,
  widest: number,
  isForward: boolean,
): void {
  const { targets, match, stride, isSource, height, isTarget } = level;
  const { cost } = search;
  const step = isForward ? 1 : -1;
  const paddedHeight = height + 2 * PATCH_RADIUS;
  for (let n = 0; n < targets.length; n++) {
    const p = targets[isForward ? n : targets.length - 1 - n] ?? 0;
    let best = match[p] ?? -1;
    let bestCost = best < 0 ? Infinity : patchCost(level, search, p, best, Infinity);
    for (let side = 0; side < 2; side++) {
      const shift = side === 0 ? step : step * stride;
      const q = p - shift;
      if (isTarget[q] !== 1) continue;
      const m = match[q] ?? -1;
      const candidate = m + shift;
      if (m < 0 || candidate === best || isSource[candidate] !== 1) continue;
      const c = patchCost(level, search, p, candidate, bestCost);
      if (c < bestCost) {
        bestCost = c;
        best = candidate;
      }
    }
    const y = (best / stride) | 0;
    const x = best - y * stride;
    for (let range = widest; range >= 1; range = (range / 3) | 0) {
      const sx = x + nextBelow(random, 2 * range + 1) - range;
      const sy = y + nextBelow(random, 2 * range + 1) - range;
      if (sx < 0 || sy < 0 || sx >= stride || sy >= paddedHeight) continue;
      const candidate = sy * stride + sx;
      if (isSource[candidate] !== 1) continue;
      const c = patchCost(level, search, p, candidate, bestCost);
      if (c < bestCost) {
        bestCost = c;
        best = candidate;
      }
    }
    match[p] = best;
    cost[p] = bestCost;
  }
}

/** How much worse than its own best match a cell may fare with its neighbour's, so that whole pieces are copied. */
const COHERENCE_FACTOR = 1.4;
const COHERENCE_ALLOWANCE = 900;

/**
 * Lets each cell take over a neighbour's offset where that fits nearly as well as its own best match. Pieces of one
 * offset grow, and the copy at the photo's size has fewer seams.
 */
export function joinMatches(level: PatchLevel, search: PatchSearch): void {
  const { targets, match, stride, isSource, isTarget } = level;
  for (let pass = 0; pass < 2; pass++) {
    const step = pass === 0 ? 1 : -1;
    for (let n = 0; n < targets.length; n++) {
      const p = targets[pass === 0 ? n : targets.length - 1 - n] ?? 0;
      const own = match[p] ?? 0;
      let best = own;
      let bestCost = (search.cost[p] ?? 0) * COHERENCE_FACTOR + COHERENCE_ALLOWANCE;
      for (let side = 0; side < 2; side++) {
        const shift = side === 0 ? step : step * stride;
        const q = p - shift;
        if (isTarget[q] !== 1) continue;
        const candidate = (match[q] ?? 0) + shift;
        if (candidate === own) {
          best = own;
          break;
        }
        if (isSource[candidate] !== 1) continue;
        const c = patchCost(level, search, p, candidate, bestCost);
        if (c < bestCost) {
          bestCost = c;
          best = candidate;
        }
      }
      match[p] = best;
    }
  }
}
