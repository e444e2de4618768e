import { type FlowGrid, type Place, visitStroke } from './flow-strokes.ts';

/** Arrows bend by hand: their direction at a place is that over so much of their way, a share of the longer side. */
const SMOOTHED_OVER = 0.04;

/** An arrow as steps of even length. Lengths are shares of the picture's longer side. */
export interface ArrowWay {
  readonly length: number;
  /** x and y one after the other. */
  readonly places: Float32Array;
}

/** An arrow in even steps no longer than `step`; nothing for one without length. */
export function followArrow(
  points: readonly Place[],
  { scaleX, scaleY }: FlowGrid,
  step: number,
): ArrowWay | undefined {
  let length = 0;
  const at: { readonly x: number; readonly y: number; readonly from: number }[] = [];
  for (const [x, y] of points) {
    const here = { x: x * scaleX, y: y * scaleY };
    const last = at.at(-1);
    if (last) length += Math.hypot(here.x - last.x, here.y - last.y);
    at.push({ ...here, from: length });
  }
  if (!(length > 1e-4)) return undefined;
  const many = Math.max(1, Math.ceil(length / step));
  const places = new Float32Array((many + 1) * 2);
  let corner = 1;
  for (let index = 0; index <= many; index++) {
    const wanted = (length * index) / many;
    while (corner < at.length - 1 && (at[corner]?.from ?? 0) < wanted) corner++;
    const b = at[corner];
    const a = at[corner - 1];
    if (!a || !b) continue;
    const share = b.from > a.from ? Math.min(1, (wanted - a.from) / (b.from - a.from)) : 0;
    places[index * 2] = a.x + (b.x - a.x) * share;
    places[index * 2 + 1] = a.y + (b.y - a.y) * share;
  }
  return { length, places };
}

/** Cells that arrows lead through, and where to: sums of vectors, and how many. */
export interface ArrowCells {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly count: Float32Array;
}

/**
 * Draws arrows on a grid: each cell on the way of one has the direction of it there, as long as the whole arrow; shares of the
 * picture's longer side.
 */
export function drawArrows(arrows: readonly (readonly Place[])[], grid: FlowGrid): ArrowCells {
  const { columns, rows, scaleX, scaleY } = grid;
  const many = columns * rows;
  const cells = {
    x: new Float32Array(many),
    y: new Float32Array(many),
    count: new Float32Array(many),
  };
  const step = scaleX / columns / 2;
  for (const arrow of arrows) {
    const way = followArrow(arrow, grid, step);
    if (!way) continue;
    const { places, length } = way;
    const last = places.length / 2 - 1;
    const reach = Math.max(1, Math.round(SMOOTHED_OVER / 2 / step));
    for (let index = 0; index <= last; index++) {
      const from = Math.max(0, index - reach) * 2;
      const to = Math.min(last, index + reach) * 2;
      const dx = (places[to] as number) - (places[from] as number); // in range by the clamps
      const dy = (places[to + 1] as number) - (places[from + 1] as number);
      const size = Math.hypot(dx, dy);
      const column = Math.floor(((places[index * 2] as number) / scaleX) * columns);
      const row = Math.floor(((places[index * 2 + 1] as number) / scaleY) * rows);
      if (size === 0 || column < 0 || row < 0 || column >= columns || row >= rows) continue;
      const cell = row * columns + column;
      cells.x[cell] = (cells.x[cell] as number) + (dx / size) * length; // one cell
      cells.y[cell] = (cells.y[cell] as number) + (dy / size) * length;
      cells.count[cell] = (cells.count[cell] as number) + 1;
    }
  }
  return cells;
}

/** Marks the cells around arrows that lead from what is covered to what is not, or back: there an edge may move. */
export function freeEdges(
  arrows: readonly (readonly Place[])[],
  grid: FlowGrid,
  isCovered: (cell: number) => boolean,
  radius: number,
): Uint8Array {
  const free = new Uint8Array(grid.columns * grid.rows);
  for (const arrow of arrows) {
    let inside = 0;
    let outside = 0;
    visitStroke(grid, arrow, grid.scaleX / grid.columns, (cell) => {
      if (isCovered(cell)) inside++;
      else outside++;
    });
    if (inside < 2 || outside < 2) continue;
    visitStroke(grid, arrow, radius, (cell) => {
      free[cell] = 1;
    });
  }
  return free;
}
