import { type Plane, planeOf } from './view-plane.ts';

/**
 * Fills what is not known from what lies around it, coarse to fine (pull-push, Gortler et al. 1996). `values` has
 * `channels` numbers at each place and is changed in place; `known` is 0 or 1 there. Where nothing is known at all,
 * everything stays as it is.
 */
export function fillUnknownInPlace(values: Plane, known: Plane, channels = 1): void {
  const { width, height } = known;
  if (width === 1 && height === 1) return;
  const small = halve(values, known, channels);
  if (small.known.data.every((weight) => weight === 0)) return;
  fillUnknownInPlace(small.values, small.known, channels);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      if ((known.data[at] as number) > 0) continue; // one grid
      copyBetween(small.values, (column - 0.5) / 2, (row - 0.5) / 2, values.data, at, channels);
    }
  }
}

function halve(values: Plane, known: Plane, channels: number) {
  const width = Math.ceil(known.width / 2);
  const height = Math.ceil(known.height / 2);
  const half = { values: planeOf(width, height, channels), known: planeOf(width, height) };
  for (let row = 0; row < known.height; row++) {
    for (let column = 0; column < known.width; column++) {
      const from = row * known.width + column;
      const to = (row >> 1) * width + (column >> 1);
      if ((known.data[from] as number) === 0) continue; // in range by the loop's bound
      half.known.data[to] = (half.known.data[to] as number) + 1;
      for (let c = 0; c < channels; c++) {
        const sum = half.values.data[to * channels + c] as number;
        half.values.data[to * channels + c] = sum + (values.data[from * channels + c] as number);
      }
    }
  }
  for (let at = 0; at < half.known.data.length; at++) {
    const count = half.known.data[at] as number; // in range by the loop's bound
    if (count === 0) continue;
    half.known.data[at] = 1;
    for (let c = 0; c < channels; c++) {
      half.values.data[at * channels + c] = (half.values.data[at * channels + c] as number) / count;
    }
  }
  return half;
}

/** Copies all channels of a place between samples, `x` and `y` in samples. */
function copyBetween(
  { width, height, data }: Plane,
  x: number,
  y: number,
  out: Float32Array,
  to: number,
  channels: number,
): void {
  const left = Math.max(0, Math.floor(x));
  const top = Math.max(0, Math.floor(y));
  const right = Math.min(width - 1, Math.floor(x) + 1);
  const bottom = Math.min(height - 1, Math.floor(y) + 1);
  const alongX = x - Math.floor(x);
  const alongY = y - Math.floor(y);
  for (let c = 0; c < channels; c++) {
    const at = (column: number, row: number) =>
      data[(row * width + column) * channels + c] as number; // clamped
    const above = at(left, top) + (at(right, top) - at(left, top)) * alongX;
    const below = at(left, bottom) + (at(right, bottom) - at(left, bottom)) * alongX;
    out[to * channels + c] = above + (below - above) * alongY;
  }
}
