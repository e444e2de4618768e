import type { Size } from '../raster.ts';

/** The longer side of a grid, in cells: particles see their surroundings coarsely. */
const GRID_LONG_SIDE = 48;
/** Cells are looked at in so many places in each direction. */
const LOOKS = 5;

/** One value for each part of a picture. */
export interface Cells {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
}

/** The mean of what `look` says of some pixels of each cell; NaN where it says nothing (NaN) of all of them. */
export function lookAtCells({ width, height }: Size, look: (pixel: number) => number): Cells {
  const scale = GRID_LONG_SIDE / Math.max(width, height);
  const columns = Math.max(1, Math.round(width * scale));
  const rows = Math.max(1, Math.round(height * scale));
  const values = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      let count = 0;
      for (let at = 0; at < LOOKS * LOOKS; at++) {
        const x = ((column + ((at % LOOKS) + 0.5) / LOOKS) / columns) * width;
        const y = ((row + (Math.floor(at / LOOKS) + 0.5) / LOOKS) / rows) * height;
        const value = look(Math.floor(y) * width + Math.floor(x));
        if (Number.isNaN(value)) continue;
        sum += value;
        count++;
      }
      values[row * columns + column] = count > 0 ? sum / count : Number.NaN;
    }
  }
  return { columns, rows, values };
}

/** The value at a place in shares of both sides, between the cells; that of the border beyond it. */
export function cellAt({ columns, rows, values }: Cells, x: number, y: number): number {
  const column = Math.min(columns - 1, Math.max(0, x * columns - 0.5));
  const row = Math.min(rows - 1, Math.max(0, y * rows - 0.5));
  const left = Math.floor(column);
  const right = Math.min(columns - 1, left + 1);
  const top = Math.floor(row) * columns;
  const bottom = Math.min(rows - 1, Math.floor(row) + 1) * columns;
  const across = column - left;
  // In range by the clamps.
  const topLeft = values[top + left] as number;
  const bottomLeft = values[bottom + left] as number;
  const above = topLeft + ((values[top + right] as number) - topLeft) * across;
  const below = bottomLeft + ((values[bottom + right] as number) - bottomLeft) * across;
  return above + (below - above) * (row - Math.floor(row));
}
