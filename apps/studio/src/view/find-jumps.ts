import { type Plane, planeOf } from './view-plane.ts';

/** A step of inverse depth that is a silhouette and no slope. */
const JUMP = 0.07;
/** Over how many samples a step is looked for. */
const STEP_REACH = 2;

/** Where a silhouette is near, and which depth parts its two sides. */
export interface Jumps {
  /** 0..1; 0 where no silhouette is near. */
  readonly middle: Plane;
  /** 1 near a silhouette, 0 elsewhere. */
  readonly zone: Plane;
}

/**
 * Finds the silhouettes of a depth, where there is no matte: steps that are too steep for a surface, and all that lies
 * within `reach` samples of one.
 */
export function findJumps(depth: Plane, reach: number): Jumps {
  const { width, height } = depth;
  const high = spread(depth, STEP_REACH, Math.max);
  const low = spread(depth, STEP_REACH, Math.min);
  const top = planeOf(width, height);
  const bottom = planeOf(width, height);
  for (let at = 0; at < depth.data.length; at++) {
    const isEdge = (high.data[at] as number) - (low.data[at] as number) > JUMP; // one grid
    top.data[at] = isEdge ? (high.data[at] as number) : -1;
    bottom.data[at] = isEdge ? (low.data[at] as number) : 2;
  }
  const near = spread(top, reach, Math.max);
  const far = spread(bottom, reach, Math.min);
  const middle = planeOf(width, height);
  const zone = planeOf(width, height);
  for (let at = 0; at < zone.data.length; at++) {
    if ((near.data[at] as number) < 0) continue; // one grid
    middle.data[at] = ((near.data[at] as number) + (far.data[at] as number)) / 2;
    zone.data[at] = 1;
  }
  return { middle, zone };
}

/** The largest or smallest number within `reach` samples, along rows and then along columns. */
function spread(
  { width, height, data }: Plane,
  reach: number,
  choose: (a: number, b: number) => number,
): Plane {
  const alongRows = planeOf(width, height);
  const out = planeOf(width, height);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      let best = data[at] as number; // in range by the loop's bound
      const last = Math.min(width - 1, column + reach);
      for (let x = Math.max(0, column - reach); x <= last; x++) {
        best = choose(best, data[row * width + x] as number); // clamped
      }
      alongRows.data[at] = best;
    }
  }
  for (let row = 0, at = 0; row < height; row++) {
    const last = Math.min(height - 1, row + reach);
    for (let column = 0; column < width; column++, at++) {
      let best = alongRows.data[at] as number; // in range by the loop's bound
      for (let y = Math.max(0, row - reach); y <= last; y++) {
        best = choose(best, alongRows.data[y * width + column] as number); // clamped
      }
      out.data[at] = best;
    }
  }
  return out;
}
