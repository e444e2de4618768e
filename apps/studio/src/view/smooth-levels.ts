import type { Plane } from './view-plane.ts';

/** Half a level of 8 bits. */
const HALF_LEVEL = 0.5 / 255;
const PASSES = 8;

/**
 * Takes the steps out of a depth of 8 bits, which is all that a browser gives of a PNG: each number moves towards its
 * neighbours' mean, but never farther than the rounding that made the step. Edges are larger than that and stay.
 */
export function smoothLevels({ width, height, data }: Plane): Plane {
  let from: Float32Array = data;
  let to: Float32Array = new Float32Array(data.length);
  for (let pass = 0; pass < PASSES; pass++) {
    for (let row = 0, at = 0; row < height; row++) {
      const up = row > 0 ? -width : 0;
      const down = row < height - 1 ? width : 0;
      for (let column = 0; column < width; column++, at++) {
        const left = column > 0 ? -1 : 0;
        const right = column < width - 1 ? 1 : 0;
        // In range: at a border the number itself stands in for its neighbour.
        const sum = (from[at + left] as number) + (from[at + right] as number);
        const mean = (sum + (from[at + up] as number) + (from[at + down] as number)) / 4;
        const first = data[at] as number; // in range by the loop's bound
        to[at] = Math.min(first + HALF_LEVEL, Math.max(first - HALF_LEVEL, mean));
      }
    }
    [from, to] = [to, from === data ? new Float32Array(data.length) : from];
  }
  return { width, height, data: from };
}
