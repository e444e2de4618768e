import type { SceneLayer } from '../scene/layered-scene.ts';
import { type Cells, lookAtCells } from './particles-cells.ts';

/** How near the subject is around a place, continued to where there is none; all inverse depth, 0 far to 1 near. */
export interface SubjectDepth {
  readonly inverse: Cells;
  readonly mean: number;
}

const known = new WeakMap<SceneLayer['depth'], SubjectDepth | undefined>();

/** How near a subject is, coarsely; nothing for an empty one. Kept for as long as its depth is. */
export function describeSubjectDepth(subject: SceneLayer): SubjectDepth | undefined {
  if (!known.has(subject.depth)) known.set(subject.depth, measure(subject));
  return known.get(subject.depth);
}

function measure({ colour, depth }: SceneLayer): SubjectDepth | undefined {
  const cells = lookAtCells(colour, (pixel) => {
    const isCovered = (colour.data[pixel * 4 + 3] as number) >= 128; // one grid
    return isCovered ? (depth.data[pixel] as number) / 65535 : Number.NaN;
  });
  const seen = cells.values.filter((value) => !Number.isNaN(value));
  if (seen.length === 0) return undefined;
  const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
  continueInPlace(cells.values, cells.columns, cells.rows);
  return { inverse: cells, mean };
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
