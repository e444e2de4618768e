import type { ByteRaster, Size } from '../raster.ts';

/** Points per side of a cell that are read: more would cost a full pass over the photo and show nowhere. */
const MAX_POINTS = 4;

/** The photo on a grid of cells: 3 samples per cell, each the mean of evenly spread points of the cell. */
export function reduceToCells(photo: ByteRaster, grid: Size): Uint8Array {
  const { width, height, data } = photo;
  const points = Math.min(MAX_POINTS, Math.max(1, Math.floor(width / grid.width)));
  const columns = spread(width, grid.width, points);
  const rows = spread(height, grid.height, points);
  const out = new Uint8Array(grid.width * grid.height * 3);
  const share = 1 / (points * points);
  for (let y = 0; y < grid.height; y++) {
    for (let x = 0; x < grid.width; x++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (let v = 0; v < points; v++) {
        const row = (rows[y * points + v] ?? 0) * width;
        for (let u = 0; u < points; u++) {
          const i = (row + (columns[x * points + u] ?? 0)) * 3;
          r += data[i] ?? 0;
          g += data[i + 1] ?? 0;
          b += data[i + 2] ?? 0;
        }
      }
      const o = (y * grid.width + x) * 3;
      out[o] = r * share + 0.5;
      out[o + 1] = g * share + 0.5;
      out[o + 2] = b * share + 0.5;
    }
  }
  return out;
}

function spread(length: number, cells: number, points: number): Int32Array {
  const list = new Int32Array(cells * points);
  for (let k = 0; k < list.length; k++) {
    list[k] = Math.min(length - 1, Math.floor(((k + 0.5) * length) / (cells * points)));
  }
  return list;
}
