/** Numbers on a grid, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A plane of zeros; `channels` numbers lie side by side at each place. */
export function planeOf(width: number, height: number, channels = 1): Plane {
  return { width, height, data: new Float32Array(width * height * channels) };
}

/** The number at a place between samples, 0..1 on both sides; the border goes on outside. */
export function sampleAt({ width, height, data }: Plane, u: number, v: number): number {
  const x = Math.min(width - 1, Math.max(0, u * width - 0.5));
  const y = Math.min(height - 1, Math.max(0, v * height - 0.5));
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = Math.min(width - 1, left + 1);
  const bottom = Math.min(height - 1, top + 1);
  const at = (column: number, row: number) => data[row * width + column] as number; // clamped
  const above = at(left, top) + (at(right, top) - at(left, top)) * (x - left);
  const below = at(left, bottom) + (at(right, bottom) - at(left, bottom)) * (x - left);
  return above + (below - above) * (y - top);
}
