import type { SceneLayer } from '../scene/layered-scene.ts';

/** The longer side of the grid of depths, in cells. */
const GRID_LONG_SIDE = 48;
/** Cells are looked at in so many places in each direction. */
const LOOKS = 5;

/** How near the subject is around a place, continued to where there is none; all inverse depth, 0 far to 1 near. */
export interface SubjectDepth {
  readonly columns: number;
  readonly rows: number;
  readonly inverse: Float32Array;
  readonly mean: number;
}

const known = new WeakMap<SceneLayer['depth'], SubjectDepth | undefined>();

/** How near a subject is, coarsely; nothing for an empty one. Kept for as long as its depth is. */
export function describeSubjectDepth(subject: SceneLayer): SubjectDepth | undefined {
  if (!known.has(subject.depth)) known.set(subject.depth, measure(subject));
  return known.get(subject.depth);
}

/** The subject's inverse depth at a place in shares of both sides, between the cells. */
export function subjectInverseAt(depth: SubjectDepth, x: number, y: number): number {
  const { columns, rows, inverse } = depth;
  const column = Math.min(columns - 1, Math.max(0, x * columns - 0.5));
  const row = Math.min(rows - 1, Math.max(0, y * rows - 0.5));
  const left = Math.floor(column);
  const top = Math.floor(row);
  const right = Math.min(columns - 1, left + 1);
  const bottom = Math.min(rows - 1, top + 1);
  const at = (r: number, c: number) => inverse[r * columns + c] as number; // in range by the clamps
  const above = at(top, left) + (at(top, right) - at(top, left)) * (column - left);
  const below = at(bottom, left) + (at(bottom, right) - at(bottom, left)) * (column - left);
  return above + (below - above) * (row - top);
}

function measure({ colour, depth }: SceneLayer): SubjectDepth | undefined {
  const { width, height } = colour;
  const scale = GRID_LONG_SIDE / Math.max(width, height);
  const columns = Math.max(1, Math.round(width * scale));
  const rows = Math.max(1, Math.round(height * scale));
  const inverse = new Float32Array(columns * rows).fill(Number.NaN);
  let sum = 0;
  let count = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let inCell = 0;
      let cellSum = 0;
      for (let look = 0; look < LOOKS * LOOKS; look++) {
        const x = ((column + ((look % LOOKS) + 0.5) / LOOKS) / columns) * width;
        const y = ((row + (Math.floor(look / LOOKS) + 0.5) / LOOKS) / rows) * height;
        const pixel =
          Math.min(height - 1, Math.floor(y)) * width + Math.min(width - 1, Math.floor(x));
        if ((colour.data[pixel * 4 + 3] as number) < 128) continue; // one grid
        inCell++;
        cellSum += (depth.data[pixel] as number) / 65535; // one grid
      }
      if (inCell === 0) continue;
      inverse[row * columns + column] = cellSum / inCell;
      sum += cellSum;
      count += inCell;
    }
  }
  if (count === 0) return undefined;
  const mean = sum / count;
  continueInPlace(inverse, columns, rows);
  return { columns, rows, inverse, mean };
}

/** Carries known cells on to those that are not, ring by ring. */
function continueInPlace(cells: Float32Array, columns: number, rows: number): void {
  for (let round = 0; round < columns + rows; round++) {
    const before = cells.slice();
    let isOpen = false;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const cell = row * columns + column;
        if (!Number.isNaN(before[cell])) continue;
        isOpen = true;
        let sum = 0;
        let count = 0;
        for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
          for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
            const value = before[r * columns + c] as number; // in range by the bounds
            if (Number.isNaN(value)) continue;
            sum += value;
            count++;
          }
        }
        if (count > 0) cells[cell] = sum / count;
      }
    }
    if (!isOpen) return;
  }
}
