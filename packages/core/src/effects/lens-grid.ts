import type { Size } from '../raster.ts';
import type { Plane } from './lens-convolve.ts';

/** Light that is being gathered, in a picture `2 ** level` times smaller than the full one. */
export interface LightGrid {
  readonly level: number;
  readonly width: number;
  readonly height: number;
  /**
   * Red, green, blue, alpha, and last how much of a pixel is there at all; light and alpha count as much as that. Of an
   * opaque layer the last two are one.
   */
  readonly planes: readonly Plane[];
}

export function lightGrid(full: Size, level: number, isOpaque: boolean): LightGrid {
  const width = smaller(full.width, level);
  const height = smaller(full.height, level);
  const plane = () => ({ width, height, data: new Float32Array(width * height) });
  return { level, width, height, planes: Array.from({ length: isOpaque ? 4 : 5 }, plane) };
}

/** Alpha of what a grid gathers, and how much of a pixel is there. */
export function alphaAndCover<Row>(rows: readonly Row[]): readonly [alpha: Row, cover: Row] {
  return [rows[3] as Row, rows.at(-1) as Row]; // a grid has four planes or five
}

/** The same light in a picture twice as large; halves of pixels are mixed 3 to 1. */
export function enlargeGrid(grid: LightGrid, full: Size): LightGrid {
  const large = lightGrid(full, grid.level - 1, grid.planes.length === 4);
  for (const [at, { data }] of large.planes.entries()) {
    const from = grid.planes[at] as Plane; // both have as many
    for (let y = 0; y < large.height; y++) {
      enlargeRow(from, y, data.subarray(y * large.width, (y + 1) * large.width));
    }
  }
  return large;
}

/** Row `y` of a plane that is twice as large. */
export function enlargeRow({ width, height, data }: Plane, y: number, out: Float32Array): void {
  const inner = (y >> 1) * width;
  const beside = Math.min(height - 1, Math.max(0, (y >> 1) + (y & 1 ? 1 : -1))) * width;
  let before = column(data, inner, beside, 0);
  let here = before;
  for (let x = 0, at = 0; at < width; at++) {
    const after = at + 1 < width ? column(data, inner, beside, at + 1) : here;
    out[x++] = 0.75 * here + 0.25 * before;
    if (x < out.length) out[x++] = 0.75 * here + 0.25 * after;
    before = here;
    here = after;
  }
}

/** Lays a slice over what is behind it. */
export function layOverGrid(under: LightGrid, slice: LightGrid): void {
  const cover = coverOf(slice);
  for (const [at, { data }] of under.planes.entries()) {
    const over = (slice.planes[at] as Plane).data; // both have as many
    for (let i = 0; i < data.length; i++) {
      data[i] = (over[i] as number) + (1 - (cover[i] as number)) * (data[i] as number); // one grid
    }
  }
}

/** Lays a slice under what is before it. */
export function layUnderGrid(over: LightGrid, slice: LightGrid): void {
  // The cover comes last, so that it stays as it was for the others.
  const cover = coverOf(over);
  for (const [at, { data }] of over.planes.entries()) {
    const under = (slice.planes[at] as Plane).data; // both have as many
    for (let i = 0; i < data.length; i++) {
      data[i] = (data[i] as number) + (1 - (cover[i] as number)) * (under[i] as number); // one grid
    }
  }
}

function coverOf({ planes }: LightGrid): Float32Array {
  return alphaAndCover(planes)[1].data;
}

function column(data: Float32Array, inner: number, beside: number, at: number): number {
  return 0.75 * (data[inner + at] as number) + 0.25 * (data[beside + at] as number); // in range
}

function smaller(length: number, level: number): number {
  return Math.max(1, Math.ceil(length / 2 ** level));
}
