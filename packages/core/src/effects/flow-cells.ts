import type { ByteRaster } from '../raster.ts';
import type { FlowGrid } from './flow-strokes.ts';

/** The mean colour of each cell and those around it, 3 channels 0..255, weighted by alpha; 4 channels in. */
export function cellMeans(
  { width, height, data }: ByteRaster,
  { columns, rows }: FlowGrid,
): Float32Array {
  const sums = new Float32Array(columns * rows * 4);
  for (let y = 0, pixel = 0; y < height; y++) {
    const row = Math.min(rows - 1, Math.floor((y * rows) / height)) * columns;
    for (let x = 0; x < width; x++, pixel += 4) {
      const alpha = data[pixel + 3] as number; // in range by the loop's bound
      if (alpha === 0) continue;
      const cell = (row + Math.floor((x * columns) / width)) * 4;
      for (let c = 0; c < 3; c++) {
        sums[cell + c] = (sums[cell + c] as number) + (data[pixel + c] as number) * alpha;
      }
      sums[cell + 3] = (sums[cell + 3] as number) + alpha;
    }
  }
  const means = new Float32Array(columns * rows * 3);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let weight = 0;
      const to = (row * columns + column) * 3;
      for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
        for (let k = Math.max(0, column - 1); k <= Math.min(columns - 1, column + 1); k++) {
          const cell = (r * columns + k) * 4;
          weight += sums[cell + 3] as number; // in range by the bounds
          for (let c = 0; c < 3; c++) {
            means[to + c] = (means[to + c] as number) + (sums[cell + c] as number);
          }
        }
      }
      if (weight === 0) continue;
      for (let c = 0; c < 3; c++) means[to + c] = (means[to + c] as number) / weight;
    }
  }
  return means;
}
