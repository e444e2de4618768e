import { type Plane, sampleAt } from './view-plane.ts';

/** How many vertices a layer's grid has. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
}

/** The inverse depth at each vertex of a grid that reaches `margin` beyond the picture on every side. */
export function gridDepth(depth: Plane, { columns, rows }: Grid, margin: number): Float32Array {
  const out = new Float32Array(columns * rows);
  const placeOf = (share: number) => share * (1 + 2 * margin) - margin;
  for (let row = 0, at = 0; row < rows; row++) {
    const v = placeOf(row / (rows - 1));
    for (let column = 0; column < columns; column++, at++) {
      out[at] = sampleAt(depth, placeOf(column / (columns - 1)), v);
    }
  }
  return out;
}

/** The triangles of a grid: two for each of its cells. */
export function gridTriangles({ columns, rows }: Grid): Uint32Array {
  const out = new Uint32Array((columns - 1) * (rows - 1) * 6);
  let to = 0;
  for (let row = 0; row < rows - 1; row++) {
    for (let column = 0; column < columns - 1; column++) {
      const at = row * columns + column;
      out[to++] = at;
      out[to++] = at + columns;
      out[to++] = at + 1;
      out[to++] = at + 1;
      out[to++] = at + columns;
      out[to++] = at + columns + 1;
    }
  }
  return out;
}
