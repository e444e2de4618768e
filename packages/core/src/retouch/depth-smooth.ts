import type { StrokeCover } from './depth-stroke-cover.ts';

/**
 * A part of a plane evened out: each value the mean of those around it that count, twice over a box of `radius`
 * pixels. Values that count nothing (weight 0) give nothing away; where nothing around counts the value stays.
 */
export function smoothPart(
  { width, height }: Pick<StrokeCover, 'width' | 'height'>,
  values: Float32Array,
  weights: Float32Array,
  radius: number,
): Float32Array {
  const evened = (plane: Float32Array): Float32Array => {
    const across = boxMeans(
      plane,
      { length: width, lines: height, step: 1, stride: width },
      radius,
    );
    return boxMeans(across, { length: height, lines: width, step: width, stride: 1 }, radius);
  };
  const sums = evened(evened(values.map((value, i) => value * (weights[i] ?? 0))));
  const counts = evened(evened(weights));
  return values.map((value, i) => {
    const count = counts[i] ?? 0;
    return count > 1e-6 ? (sums[i] ?? 0) / count : value;
  });
}

/** How a plane is read in lines: so many values, `step` apart, in lines that are `stride` apart. */
interface Lines {
  readonly length: number;
  readonly lines: number;
  readonly step: number;
  readonly stride: number;
}

/** Means over `2 radius + 1` values along lines; what is past an end counts as 0. */
function boxMeans(from: Float32Array, order: Lines, radius: number): Float32Array {
  const { length, lines, step, stride } = order;
  const out = new Float32Array(from.length);
  const share = 1 / (2 * radius + 1);
  for (let line = 0; line < lines; line++) {
    const start = line * stride;
    let sum = 0;
    for (let i = 0; i < Math.min(radius, length); i++) sum += from[start + i * step] ?? 0;
    for (let i = 0; i < length; i++) {
      if (i + radius < length) sum += from[start + (i + radius) * step] ?? 0;
      if (i - radius > 0) sum -= from[start + (i - radius - 1) * step] ?? 0;
      out[start + i * step] = sum * share;
    }
  }
  return out;
}
