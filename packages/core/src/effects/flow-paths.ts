import type { FlowField } from './flow-field.ts';
import type { FlowGrid } from './flow-strokes.ts';

/** Steps from the middle of a cycle to each of its ends. */
const STEPS = 8;
/** Nothing is stretched farther than so much of the picture's longer side: what flows farther begins anew more often. */
const LONGEST_STRETCH = 0.08;

/**
 * Where the colours of each cell come from at each moment of a cycle. A cycle is a part of a loop in which the layer is carried
 * from half a way before its place to half a way beyond; at its middle everything is where it was.
 */
export interface FlowPaths {
  readonly grid: FlowGrid;
  /** In one loop; whole, so that a loop has no seam. */
  readonly cycles: number;
  /** Offsets of where a cell's colours come from, x and y one after the other, for 2 * STEPS + 1 moments. */
  readonly offsets: readonly Float32Array[];
}

/**
 * Follows the flow from each cell, backwards for what is yet to come and forwards for what was: nothing can leave where it
 * flows, since at its edge there is no flow (Heun's method).
 */
export function followFlow(field: FlowField, speed: number): FlowPaths {
  const { grid, longest } = field;
  const cycles = Math.max(
    1,
    Math.round(speed),
    Math.ceil((speed * longest) / (2 * LONGEST_STRETCH)),
  );
  const step = speed / cycles / (2 * STEPS);
  const many = grid.columns * grid.rows;
  const offsets: Float32Array[] = Array.from({ length: 2 * STEPS + 1 });
  offsets[STEPS] = new Float32Array(many * 2);
  for (const direction of [-1, 1]) {
    for (let index = 1; index <= STEPS; index++) {
      const before = offsets[STEPS + (index - 1) * direction] as Float32Array; // made in this order
      // Later moments show what was upstream.
      offsets[STEPS + index * direction] = takeStep(field, before, -direction * step);
    }
  }
  return { grid, cycles, offsets };
}

/**
 * Writes the offsets at a moment of a cycle, 0..1, into `out`.
 */
export function pathsAt({ offsets }: FlowPaths, phase: number, out: Float32Array): void {
  const at = Math.min(2 * STEPS, Math.max(0, phase * 2 * STEPS));
  const low = Math.min(2 * STEPS - 1, Math.floor(at));
  const share = at - low;
  const a = offsets[low] as Float32Array; // in range by the clamps
  const b = offsets[low + 1] as Float32Array;
  for (let index = 0; index < out.length; index++) {
    const from = a[index] as number; // one grid
    out[index] = from + ((b[index] as number) - from) * share;
  }
}

function takeStep(field: FlowField, before: Float32Array, step: number): Float32Array {
  const { columns, rows, scaleX, scaleY } = field.grid;
  const after = new Float32Array(before.length);
  const first = new Float32Array(2);
  const second = new Float32Array(2);
  const cellsX = columns / scaleX;
  const cellsY = rows / scaleY;
  for (let row = 0, index = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, index += 2) {
      const x = before[index] as number; // one grid
      const y = before[index + 1] as number;
      flowAt(field, column + x * cellsX, row + y * cellsY, first);
      const fx = first[0] as number; // of 2
      const fy = first[1] as number;
      flowAt(field, column + (x + fx * step) * cellsX, row + (y + fy * step) * cellsY, second);
      after[index] = x + ((fx + (second[0] as number)) / 2) * step;
      after[index + 1] = y + ((fy + (second[1] as number)) / 2) * step;
    }
  }
  return after;
}

/** The flow between the middles of cells; beyond the border it is that of the border. */
function flowAt(
  { grid: { columns, rows }, x, y }: FlowField,
  column: number,
  row: number,
  out: Float32Array,
): void {
  const c = column <= 0 ? 0 : column >= columns - 1 ? columns - 1 : column;
  const r = row <= 0 ? 0 : row >= rows - 1 ? rows - 1 : row;
  const left = Math.floor(c);
  const top = Math.floor(r);
  const right = left + 1 < columns ? 1 : 0;
  const below = top + 1 < rows ? columns : 0;
  const sx = c - left;
  const sy = r - top;
  const cell = top * columns + left;
  // In range by the clamps.
  const w00 = (1 - sx) * (1 - sy);
  const w01 = sx * (1 - sy);
  const w10 = (1 - sx) * sy;
  const w11 = sx * sy;
  out[0] =
    (x[cell] as number) * w00 +
    (x[cell + right] as number) * w01 +
    (x[cell + below] as number) * w10 +
    (x[cell + below + right] as number) * w11;
  out[1] =
    (y[cell] as number) * w00 +
    (y[cell + right] as number) * w01 +
    (y[cell + below] as number) * w10 +
    (y[cell + below + right] as number) * w11;
}
