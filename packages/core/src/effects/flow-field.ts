import type { ByteRaster } from '../raster.ts';
import type { CinemagraphOptions } from './cinemagraph-options.ts';
import { drawArrows, freeEdges } from './flow-arrows.ts';
import { type FlowGrid, flowGrid, visitStroke } from './flow-strokes.ts';

/** How far the arrows' pull reaches where a recipe does not say: it is a third of itself there. */
export const DEFAULT_REACH = 0.12;
/** Around an anchor all is still; a share of the longer side. */
export const ANCHOR_RADIUS = 0.012;
/** An arrow over a subject's edge moves it so far to both sides. */
const EDGE_RADIUS = 0.05;
/** Shares of the full pull between which it ends. */
const PULL_LOW = 0.03;
const PULL_HIGH = 0.14;
const ROUNDS = 140;
/** Between 1 (slow) and 2 (never): overrelaxation suits a grid of this size. */
const HASTE = 1.86;

/** Which way a layer flows: a vector for each cell, how far in one loop as a share of the picture's longer side. */
export interface FlowField {
  readonly grid: FlowGrid;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Cells in which an edge of the layer may move; none for a layer that is opaque. */
  readonly free?: Uint8Array | undefined;
  /** The longest vector. */
  readonly longest: number;
}

/**
 * The flow that arrows, anchors and frozen strokes leave: as water would take it up. Each cell is the mean of its neighbours,
 * less a part of it that makes the flow fade with the distance from the arrows (the screened Laplace equation, by successive
 * overrelaxation); what is held still is a wall. A subject's edge is held, but for where an arrow leads over it.
 */
export function solveFlow(colour: ByteRaster, options: CinemagraphOptions): FlowField {
  const grid = flowGrid(colour);
  const { columns, rows, scaleX } = grid;
  const many = columns * rows;
  const arrows = drawArrows(options.arrows, grid);
  const pull = new Float32Array(many);
  const { x, y } = arrows;
  /** 0: to be found, 1: told by an arrow, 2: still. */
  const fixed = new Uint8Array(many);
  for (let cell = 0; cell < many; cell++) {
    const count = arrows.count[cell] as number; // one grid
    if (count === 0) continue;
    fixed[cell] = 1;
    x[cell] = (x[cell] as number) / count;
    y[cell] = (y[cell] as number) / count;
    pull[cell] = 1;
  }
  const hold = (cell: number) => {
    fixed[cell] = 2;
    x[cell] = 0;
    y[cell] = 0;
    pull[cell] = 0;
  };
  const free = options.layer === 'subject' ? holdEdges(colour, options, grid, hold) : undefined;
  const half = scaleX / columns / 2;
  for (const anchor of options.anchors) {
    visitStroke(grid, [anchor], ANCHOR_RADIUS + half, hold);
  }
  for (const { points, radius } of options.freeze) visitStroke(grid, points, radius + half, hold);
  const loss = (scaleX / columns / (options.reach ?? DEFAULT_REACH)) ** 2;
  for (const part of [x, y, pull]) relaxInPlace(part, fixed, grid, loss);
  let longest = 0;
  for (let cell = 0; cell < many; cell++) {
    const share = ((pull[cell] as number) - PULL_LOW) / (PULL_HIGH - PULL_LOW); // one grid
    const keep = share <= 0 ? 0 : share >= 1 ? 1 : share * share * (3 - 2 * share);
    x[cell] = (x[cell] as number) * keep;
    y[cell] = (y[cell] as number) * keep;
    longest = Math.max(longest, Math.hypot(x[cell] as number, y[cell] as number));
  }
  return { grid, x, y, free, longest };
}

/** Holds the cells that are not wholly inside the subject, and gives those in which its edge may move. */
function holdEdges(
  { width, height, data }: ByteRaster,
  { arrows }: CinemagraphOptions,
  grid: FlowGrid,
  hold: (cell: number) => void,
): Uint8Array {
  const { columns, rows } = grid;
  const least = new Uint8Array(columns * rows);
  const middle = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const top = Math.floor((row / rows) * height);
    const bottom = Math.max(top + 1, Math.floor(((row + 1) / rows) * height));
    for (let column = 0; column < columns; column++) {
      const left = Math.floor((column / columns) * width);
      const right = Math.max(left + 1, Math.floor(((column + 1) / columns) * width));
      let lowest = 255;
      for (let y = top; y < bottom && y < height; y++) {
        for (let x = left; x < right && x < width; x++) {
          const alpha = data[(y * width + x) * 4 + 3] as number; // in range by the bounds
          if (alpha < lowest) lowest = alpha;
        }
      }
      const centre = Math.min(height - 1, (top + bottom) >> 1) * width;
      const cell = row * columns + column;
      least[cell] = lowest;
      middle[cell] = data[(centre + Math.min(width - 1, (left + right) >> 1)) * 4 + 3] as number;
    }
  }
  const free = freeEdges(arrows, grid, (cell) => (middle[cell] as number) > 127, EDGE_RADIUS);
  for (let cell = 0; cell < least.length; cell++) {
    if ((least[cell] as number) < 250 && free[cell] === 0) hold(cell);
  }
  return free;
}

function relaxInPlace(
  values: Float32Array,
  fixed: Uint8Array,
  { columns, rows }: FlowGrid,
  loss: number,
): void {
  for (let round = 0; round < ROUNDS; round++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const cell = row * columns + column;
        if (fixed[cell] !== 0) continue;
        let sum = 0;
        let count = 0;
        // In range by the conditions; nothing flows in over the picture's border.
        if (column > 0) {
          sum += values[cell - 1] as number;
          count++;
        }
        if (column < columns - 1) {
          sum += values[cell + 1] as number;
          count++;
        }
        if (row > 0) {
          sum += values[cell - columns] as number;
          count++;
        }
        if (row < rows - 1) {
          sum += values[cell + columns] as number;
          count++;
        }
        const value = values[cell] as number;
        values[cell] = value + HASTE * (sum / (count + loss) - value);
      }
    }
  }
}
