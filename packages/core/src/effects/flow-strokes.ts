import type { Size } from '../raster.ts';

export type Place = readonly [number, number];

/** The longer side of a grid in cells. */
export const GRID_LONG_SIDE = 128;

/** Cells over a picture of any size; `scaleX` and `scaleY` bring shares of its sides to shares of its longer one. */
export interface FlowGrid {
  readonly columns: number;
  readonly rows: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/** A grid for pictures of this shape: the same one for every size of a picture. */
export function flowGrid({ width, height }: Size, longSide = GRID_LONG_SIDE): FlowGrid {
  const longer = Math.max(width, height);
  return {
    columns: Math.max(1, Math.round((longSide * width) / longer)),
    rows: Math.max(1, Math.round((longSide * height) / longer)),
    scaleX: width / longer,
    scaleY: height / longer,
  };
}

/**
 * Calls `visit` for each cell whose middle is no farther than `radius` from a line through places, with the distance; both
 * are shares of the picture's longer side. A cell may come more than once.
 */
export function visitStroke(
  grid: FlowGrid,
  points: readonly Place[],
  radius: number,
  visit: (cell: number, distance: number) => void,
): void {
  const { columns, rows, scaleX, scaleY } = grid;
  for (let index = 0; index < points.length; index++) {
    const [fromX, fromY] = points[Math.max(0, index - 1)] as Place; // in range by the loop's bound
    const [toX, toY] = points[index] as Place; // in range by the loop's bound
    if (index === 0 && points.length > 1) continue;
    const ax = fromX * scaleX;
    const ay = fromY * scaleY;
    const bx = toX * scaleX - ax;
    const by = toY * scaleY - ay;
    const length = bx * bx + by * by;
    const left = Math.max(0, Math.floor(((Math.min(ax, ax + bx) - radius) / scaleX) * columns));
    const right = Math.min(columns - 1, ((Math.max(ax, ax + bx) + radius) / scaleX) * columns);
    const top = Math.max(0, Math.floor(((Math.min(ay, ay + by) - radius) / scaleY) * rows));
    const bottom = Math.min(rows - 1, ((Math.max(ay, ay + by) + radius) / scaleY) * rows);
    for (let row = top; row <= bottom; row++) {
      const y = ((row + 0.5) / rows) * scaleY - ay;
      for (let column = left; column <= right; column++) {
        const x = ((column + 0.5) / columns) * scaleX - ax;
        const along = length > 0 ? Math.min(1, Math.max(0, (x * bx + y * by) / length)) : 0;
        const distance = Math.hypot(x - along * bx, y - along * by);
        if (distance <= radius) visit(row * columns + column, distance);
      }
    }
  }
}
