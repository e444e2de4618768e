import { borderDistance } from './border-distance.ts';
import { mirrorRim, PATCH_RADIUS, type PatchLevel } from './patch-level.ts';
import type { DropPrice } from './patch-match.ts';
import { nextBelow, type SeededRandom } from './seeded-random.ts';

/** Random sources that each cell tries beside its neighbours' matches, and all cells together: it bounds the cost. */
const MAX_TRIES = 160;
const MIN_TRIES = 12;
const ALL_TRIES = 90_000;

/**
 * First matches at the smallest size: the hole is filled from its border inwards, each cell by the source whose patch
 * agrees best with what is already known around it (the onion order of Newson et al. 2014). Starting from a smooth
 * fill instead would find smooth sources only.
 */
export function startMatches(level: PatchLevel, random: SeededRandom, price: DropPrice): void {
  const { targets, match, stride, rgb, isSource, sources } = level;
  const fair = Math.floor(ALL_TRIES / Math.max(1, targets.length));
  const tries = Math.min(MAX_TRIES, Math.max(MIN_TRIES, fair));
  const isFilled = new Uint8Array(level.hole.length);
  for (let y = 0; y < level.height; y++) {
    for (let x = 0; x < level.width; x++) {
      const i = (y + PATCH_RADIUS) * stride + x + PATCH_RADIUS;
      if (level.hole[i] === 0) isFilled[i] = 1;
    }
  }
  for (const p of onionOrder(level)) {
    let best = -1;
    let bestCost = Infinity;
    for (let k = 0; k < tries + 8; k++) {
      let candidate: number;
      if (k < 8) {
        const place = k < 4 ? k : k + 1;
        const shift = (((place / 3) | 0) - 1) * stride + (place % 3) - 1;
        const m = match[p + shift] ?? -1;
        if (m < 0) continue;
        candidate = m - shift;
        if (isSource[candidate] !== 1) continue;
      } else {
        candidate = sources[nextBelow(random, sources.length)] ?? 0;
      }
      const c = knownCost(level, isFilled, p, candidate, bestCost, price);
      if (c < bestCost) {
        bestCost = c;
        best = candidate;
      }
    }
    match[p] = best < 0 ? (sources[0] ?? 0) : best;
    isFilled[p] = 1;
    if (level.hole[p] !== 1) continue;
    for (let c = 0; c < 3; c++) rgb[p * 3 + c] = rgb[(match[p] ?? 0) * 3 + c] ?? 0;
  }
  if (targets.length > 0) mirrorRim(level);
}

function onionOrder(level: PatchLevel): Int32Array {
  const { targets, stride, width, height, hole } = level;
  const inner = new Uint8Array(width * height);
  const numbers = new Int32Array(targets.length);
  for (let n = 0; n < targets.length; n++) {
    const p = targets[n] ?? 0;
    const y = ((p / stride) | 0) - PATCH_RADIUS;
    const x = (p % stride) - PATCH_RADIUS;
    numbers[n] = y * width + x;
    inner[y * width + x] = hole[p] ?? 0;
  }
  const distance = borderDistance(inner, width, height, 1);
  const order = Int32Array.from(targets.keys());
  order.sort((a, b) => {
    const difference = (distance[numbers[a] ?? 0] ?? 0) - (distance[numbers[b] ?? 0] ?? 0);
    return difference !== 0 ? difference : a - b;
  });
  return order.map((n) => targets[n] ?? 0);
}

/** Mean squared difference over those cells of the patch that are known or filled. */
function knownCost(
  level: PatchLevel,
  isFilled: Uint8Array,
  target: number,
  source: number,
  limit: number,
  price: DropPrice,
): number {
  const { rgb, stride } = level;
  const reach = PATCH_RADIUS;
  let sum = 0;
  let count = 0;
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const t = target + dy * stride + dx;
      if (isFilled[t] !== 1) continue;
      const i = t * 3;
      const j = (source + dy * stride + dx) * 3;
      const r = (rgb[i] ?? 0) - (rgb[j] ?? 0);
      const g = (rgb[i + 1] ?? 0) - (rgb[j + 1] ?? 0);
      const b = (rgb[i + 2] ?? 0) - (rgb[j + 2] ?? 0);
      sum += r * r + g * g + b * b;
      count++;
    }
    if (sum > limit * 49) return sum;
  }
  if (count === 0) return limit;
  const drop = Math.abs(((target / stride) | 0) - ((source / stride) | 0));
  return sum / count + (Math.max(0, drop - price.free) * price.cost) / 25;
}
