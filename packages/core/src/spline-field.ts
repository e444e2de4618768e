import type { FloatRaster } from './raster.ts';

/**
 * Which output pixels lie over each sample of a coarser axis: output `i` has its centre over sample `j` when
 * `starts[j] <= i < starts[j + 1]`.
 */
export function footprintStarts(coarseLength: number, fineLength: number): Int32Array {
  const starts = new Int32Array(coarseLength + 1);
  for (let j = 1; j <= coarseLength; j++) {
    starts[j] = Math.min(fineLength, Math.max(0, Math.ceil((j * fineLength) / coarseLength - 0.5)));
  }
  return starts;
}

/**
 * One row of a coarse field at a finer height, by the quadratic B-spline, whose slope has no jumps: bilinear
 * interpolation of a smooth depth map shows the model's pixel lattice as facets. Writes columns `from..to - 1`
 * and one more on either side (borders held), column `j` at `(j + 1) * channels`.
 */
export function splineRow(
  field: FloatRaster,
  at: number,
  from: number,
  to: number,
  row: Float64Array,
): void {
  const { width, height, channels, data } = field;
  const j = Math.min(Math.floor(at), height - 1);
  const f = at - j;
  const stride = width * channels;
  const above = Math.max(j - 1, 0) * stride;
  const middle = j * stride;
  const below = Math.min(j + 1, height - 1) * stride;
  const weightAbove = 0.5 * (1 - f) * (1 - f);
  const weightMiddle = 0.5 + f * (1 - f);
  const weightBelow = 0.5 * f * f;
  const first = Math.max(from - 1, 0) * channels;
  const end = Math.min(to + 1, width) * channels;
  for (let i = first; i < end; i++) {
    row[i + channels] =
      (data[above + i] ?? 0) * weightAbove +
      (data[middle + i] ?? 0) * weightMiddle +
      (data[below + i] ?? 0) * weightBelow;
  }
  if (from === 0) row.copyWithin(0, channels, 2 * channels);
  if (to === width) row.copyWithin(stride + channels, stride, stride + channels);
}

/**
 * Turns a row from {@link splineRow} into one parabola per column: for each channel the value at the first pixel
 * over the column, the first difference to the next pixel, and the second difference, three numbers at
 * `(column * channels + channel) * 3`. A loop over the pixels then needs two additions per channel.
 */
export function splineWalk(
  row: Float64Array,
  channels: number,
  from: number,
  to: number,
  starts: Int32Array,
  pixelStep: number,
  walk: Float64Array,
): void {
  for (let j = from; j < to; j++) {
    const t = ((starts[j] ?? 0) + 0.5) * pixelStep - j;
    const at = j * channels;
    for (let i = at; i < at + channels; i++) {
      const before = row[i] ?? 0;
      const here = row[i + channels] ?? 0;
      const slope = here - before;
      const bend = 0.5 * ((row[i + 2 * channels] ?? 0) - here - slope);
      walk[3 * i] = before + 0.5 * slope + t * (slope + t * bend);
      walk[3 * i + 1] = pixelStep * (slope + bend * (2 * t + pixelStep));
      walk[3 * i + 2] = 2 * bend * pixelStep * pixelStep;
    }
  }
}
