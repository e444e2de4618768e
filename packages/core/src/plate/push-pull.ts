import type { FloatRaster } from '../raster.ts';

const RELAXATIONS = 4;

/**
 * Fills the cells whose weight is 0 smoothly from the others (push-pull, Gortler et al. 1996, with a few smoothing
 * steps at each size, so that the result is near to the harmonic surface between the borders). Cells of weight above
 * 0 keep their values. `weights` has one sample per cell; where all are 0 the answer is all 0.
 */
export function fillSmoothly(values: FloatRaster, weights: Float32Array): Float32Array {
  const { width, height, channels } = values;
  const out = new Float32Array(values.data);
  if (width === 1 && height === 1) return out;
  const half = { width: (width + 1) >> 1, height: (height + 1) >> 1 };
  const sums = new Float32Array(half.width * half.height * channels);
  const shares = new Float32Array(half.width * half.height);
  let holes = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const w = weights[i] ?? 0;
      if (w <= 0) {
        holes++;
        continue;
      }
      const o = (y >> 1) * half.width + (x >> 1);
      shares[o] = (shares[o] ?? 0) + w;
      for (let c = 0; c < channels; c++) {
        const k = o * channels + c;
        sums[k] = (sums[k] ?? 0) + w * (values.data[i * channels + c] ?? 0);
      }
    }
  }
  if (holes === 0) return out;
  for (let o = 0; o < shares.length; o++) {
    const share = shares[o] ?? 0;
    if (share <= 0) continue;
    for (let c = 0; c < channels; c++)
      sums[o * channels + c] = (sums[o * channels + c] ?? 0) / share;
    shares[o] = Math.min(1, share);
  }
  const coarse = fillSmoothly({ ...half, channels, data: sums }, shares);
  const list = new Int32Array(holes);
  let n = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if ((weights[i] ?? 0) > 0) continue;
      list[n++] = i;
      sampleHalf(coarse, half.width, half.height, channels, x, y, out, i);
    }
  }
  for (let k = 0; k < RELAXATIONS; k++) smooth(out, list, width, height, channels);
  return out;
}

/** Bilinear sample at twice the size: weights 9, 3, 3, 1 of 16. */
function sampleHalf(
  coarse: Float32Array,
  width: number,
  height: number,
  channels: number,
  x: number,
  y: number,
  out: Float32Array,
  to: number,
): void {
  const x0 = x >> 1;
  const y0 = y >> 1;
  const x1 = Math.min(width - 1, Math.max(0, x0 + ((x & 1) === 1 ? 1 : -1)));
  const y1 = Math.min(height - 1, Math.max(0, y0 + ((y & 1) === 1 ? 1 : -1)));
  for (let c = 0; c < channels; c++) {
    out[to * channels + c] =
      (9 * (coarse[(y0 * width + x0) * channels + c] ?? 0) +
        3 * (coarse[(y0 * width + x1) * channels + c] ?? 0) +
        3 * (coarse[(y1 * width + x0) * channels + c] ?? 0) +
        (coarse[(y1 * width + x1) * channels + c] ?? 0)) /
      16;
  }
}

function smooth(
  out: Float32Array,
  list: Int32Array,
  width: number,
  height: number,
  channels: number,
): void {
  for (let n = 0; n < list.length; n++) {
    const i = list[n] ?? 0;
    const y = (i / width) | 0;
    const x = i - y * width;
    const left = (x > 0 ? i - 1 : i) * channels;
    const right = (x < width - 1 ? i + 1 : i) * channels;
    const up = (y > 0 ? i - width : i) * channels;
    const down = (y < height - 1 ? i + width : i) * channels;
    for (let c = 0; c < channels; c++) {
      out[i * channels + c] =
        0.25 *
        ((out[left + c] ?? 0) + (out[right + c] ?? 0) + (out[up + c] ?? 0) + (out[down + c] ?? 0));
    }
  }
}
