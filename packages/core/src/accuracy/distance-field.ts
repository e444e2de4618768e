import type { Size } from '../raster.ts';

/**
 * The squared distance in pixels from each pixel to the nearest one that is set, infinite where none is.
 * Exact: Felzenszwalb and Huttenlocher, "Distance transforms of sampled functions", 2012, along columns, then rows.
 */
export function squaredDistances({ width, height }: Size, set: Uint8Array): Float64Array {
  const field = new Float64Array(width * height);
  for (let i = 0; i < field.length; i++) field[i] = set[i] ? 0 : Number.POSITIVE_INFINITY;
  const pass = linePass(Math.max(width, height));
  for (let x = 0; x < width; x++) pass(field, x, width, height);
  for (let y = 0; y < height; y++) pass(field, y * width, 1, width);
  return field;
}

/** Replaces one line of a field by min over q of (p - q)² + field[q]. */
type LinePass = (field: Float64Array, start: number, step: number, length: number) => void;

function linePass(longest: number): LinePass {
  const value = new Float64Array(longest);
  // The parabolas of the lower envelope: where each has its foot, and from where on it is the lowest.
  const foot = new Int32Array(longest);
  const from = new Float64Array(longest);
  return (field, start, step, length) => {
    let last = -1;
    for (let q = 0; q < length; q++) {
      const height = field[start + q * step] ?? 0;
      value[q] = height;
      if (height === Number.POSITIVE_INFINITY) continue;
      let crossing = Number.NEGATIVE_INFINITY;
      while (last >= 0) {
        const r = foot[last] ?? 0;
        crossing = (height + q * q - (value[r] ?? 0) - r * r) / (2 * (q - r));
        if (crossing > (from[last] ?? 0)) break;
        last--;
        crossing = Number.NEGATIVE_INFINITY;
      }
      last++;
      foot[last] = q;
      from[last] = crossing;
    }
    if (last < 0) return;
    for (let p = 0, k = 0; p < length; p++) {
      while (k < last && (from[k + 1] ?? 0) < p) k++;
      const r = foot[k] ?? 0;
      field[start + p * step] = (p - r) * (p - r) + (value[r] ?? 0);
    }
  };
}
