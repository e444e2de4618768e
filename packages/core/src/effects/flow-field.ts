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
/** What is carried far takes more rounds until it is there. */
const LEAST_ROUNDS = 40;
const ROUNDS_FOR_REACH = 500;
const MOST_ROUNDS = 200;
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
  const { reach = DEFAULT_REACH } = options;
  const loss = (scaleX / columns / reach) ** 2;
  const rounds = Math.round(Math.min(MOST_ROUNDS, LEAST_ROUNDS + ROUNDS_FOR_REACH * reach));
  for (const part of [x, y, pull]) relaxInPlace(part, fixed, grid, { loss, rounds });
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

/**
 * Brings every free cell to the mean of its neighbours, less the loss. Works on a copy with a rim that mirrors the border, so that
 * nothing flows in over it and no cell is a special case.
 */
function relaxInPlace(
  values: Float32Array,
  fixed: Uint8Array,
  { columns, rows }: FlowGrid,
  { loss, rounds }: { readonly loss: number; readonly rounds: number },
): void {
  const stride = columns + 2;
  const padded = new Float64Array(stride * (rows + 2));
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      padded[(row + 1) * stride + column + 1] = values[row * columns + column] as number;
    }
  }
  const open: number[] = [];
  fixed.forEach((what, cell) => {
    if (what === 0) open.push((Math.floor(cell / columns) + 1) * stride + (cell % columns) + 1);
  });
  const cells = Int32Array.from(open);
  const share = HASTE / (4 + loss);
  for (let round = 0; round < rounds; round++) {
    mirrorRim(padded, stride, rows);
    for (let index = 0; index < cells.length; index++) {
      // In range by the rim.
      const cell = cells[index] as number;
      const sum =
        (padded[cell - 1] as number) +
        (padded[cell + 1] as number) +
        (padded[cell - stride] as number) +
        (padded[cell + stride] as number);
      padded[cell] = (padded[cell] as number) * (1 - HASTE) + sum * share;
    }
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      values[row * columns + column] = padded[(row + 1) * stride + column + 1] as number;
    }
  }
}

function mirrorRim(padded: Float64Array, stride: number, rows: number): void {
  padded.copyWithin(0, stride, 2 * stride);
  padded.copyWithin((rows + 1) * stride, rows * stride, (rows + 1) * stride);
  for (let row = 0; row < rows + 2; row++) {
    padded[row * stride] = padded[row * stride + 1] as number; // in range
    padded[(row + 1) * stride - 1] = padded[(row + 1) * stride - 2] as number;
  }
}
