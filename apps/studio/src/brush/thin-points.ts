import { MAX_STROKE_POINTS, type Point } from '@diorama/contract';
import type { Size } from '@diorama/core';

/** Points that are looked at together: the time of a scribble grows with its length, not with its square. */
const CHUNK = 256;

export interface ThinOptions {
  /** The photo's shape: shares of its sides are not equally long. */
  readonly size: Size;
  /** How far the line may move, as a share of the longer side. */
  readonly tolerance: number;
}

/**
 * The points that a line cannot do without (Douglas & Peucker 1973): none of those left out is farther from it than
 * the tolerance, which grows where a recipe could not hold all the others.
 */
export function thinPoints(points: readonly Point[], options: ThinOptions): Point[] {
  let { tolerance } = options;
  let kept = keepNeeded(points, { ...options, tolerance });
  while (kept.length > MAX_STROKE_POINTS) {
    tolerance *= 2;
    kept = keepNeeded(points, { ...options, tolerance });
  }
  return kept;
}

function keepNeeded(points: readonly Point[], { size, tolerance }: ThinOptions): Point[] {
  const long = Math.max(size.width, size.height);
  const aspect = { x: size.width / long, y: size.height / long };
  const isKept = new Uint8Array(points.length);
  const open: [from: number, to: number][] = [];
  for (let from = 0; from < points.length; from += CHUNK) {
    const to = Math.min(points.length - 1, from + CHUNK);
    isKept[from] = 1;
    isKept[to] = 1;
    open.push([from, to]);
  }
  for (let part = open.pop(); part; part = open.pop()) {
    const [from, to] = part;
    let farthest = -1;
    let most = tolerance;
    for (let i = from + 1; i < to; i++) {
      const distance = distanceToLine(points, i, from, to, aspect);
      if (distance <= most) continue;
      most = distance;
      farthest = i;
    }
    if (farthest < 0) continue;
    isKept[farthest] = 1;
    open.push([from, farthest], [farthest, to]);
  }
  const kept = points.filter((_, i) => isKept[i]);
  const [first, last] = [kept[0], kept.at(-1)];
  // A dab whose hand did not move.
  return kept.length === 2 && first?.[0] === last?.[0] && first?.[1] === last?.[1]
    ? kept.slice(0, 1)
    : kept;
}

/** From point `i` to the line between two others, in shares of the longer side. */
function distanceToLine(
  points: readonly Point[],
  i: number,
  from: number,
  to: number,
  aspect: { readonly x: number; readonly y: number },
): number {
  const [px, py] = points[i] ?? [0, 0];
  const [ax, ay] = points[from] ?? [0, 0];
  const [bx, by] = points[to] ?? [0, 0];
  const dx = (bx - ax) * aspect.x;
  const dy = (by - ay) * aspect.y;
  const ox = (px - ax) * aspect.x;
  const oy = (py - ay) * aspect.y;
  const length = dx * dx + dy * dy;
  const share = length > 0 ? Math.min(1, Math.max(0, (ox * dx + oy * dy) / length)) : 0;
  return Math.hypot(ox - share * dx, oy - share * dy);
}
