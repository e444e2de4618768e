import type { SceneLayer } from '../scene/layered-scene.ts';

/** So many samples tell enough of a histogram. */
const MOST_SAMPLES = 20_000;
const BINS = 256;
/** The share of a plate that may be farther than where particles are. */
const BEYOND = 0.08;

const known = new WeakMap<SceneLayer['depth'], number>();

/**
 * The inverse depth, 0 far to 1 near, up to which a plate leaves room for something to float: but for a little of it,
 * nothing is farther. Kept for as long as the depth is.
 */
export function findRoom({ depth }: SceneLayer): number {
  const before = known.get(depth);
  if (before !== undefined) return before;
  const bins = new Uint32Array(BINS);
  const { data } = depth;
  const stride = Math.max(1, Math.floor(data.length / MOST_SAMPLES));
  let left = 0;
  for (let index = 0; index < data.length; index += stride, left++) {
    const bin = (data[index] as number) >> 8; // 16 bits in 256 bins, in range by the bound
    bins[bin] = (bins[bin] as number) + 1; // the same bin
  }
  left *= BEYOND;
  let bin = 0;
  for (; bin < BINS - 1; bin++) {
    left -= bins[bin] as number; // in range by the bound
    if (left < 0) break;
  }
  const room = bin / BINS;
  known.set(depth, room);
  return room;
}
