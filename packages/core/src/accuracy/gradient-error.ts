import { assertRaster, type FloatRaster } from '../raster.ts';

/** Of the Gaussian that smooths before the slope is taken: Rhemann et al. 2009. */
const SIGMA = 1.4;
/** Beyond this many pixels the Gaussian is below 1 % of 1: the authors' kernel of 9. */
const RADIUS = 4;
const ERROR_UNIT = 1000;

/**
 * How steep a matte (1 channel, 0..1) is at each pixel: the length of its slope by first-order Gaussian derivatives,
 * borders held. The kernel has a sum of squares of 1, as in the authors' code.
 */
export function steepness(matte: FloatRaster): Float32Array {
  assertRaster(matte, 'a matte', 1);
  const { smooth, slope } = kernels();
  const across = alongColumns(alongRows(matte, slope), matte, smooth);
  const down = alongColumns(alongRows(matte, smooth), matte, slope);
  return across.map((value, i) => Math.hypot(value, down[i] ?? 0));
}

/** Sum of the squared differences of steepness, in thousands (Rhemann et al., CVPR 2009, over the whole picture). */
export function gradientError(answer: Float32Array, truth: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < answer.length; i++) {
    const difference = (answer[i] ?? 0) - (truth[i] ?? 0);
    sum += difference * difference;
  }
  return sum / ERROR_UNIT;
}

function kernels() {
  const smooth = new Float64Array(2 * RADIUS + 1);
  const slope = new Float64Array(2 * RADIUS + 1);
  for (let d = -RADIUS; d <= RADIUS; d++) {
    const bell = Math.exp(-(d * d) / (2 * SIGMA * SIGMA));
    smooth[d + RADIUS] = bell;
    slope[d + RADIUS] = d * bell;
  }
  return { smooth: unitLength(smooth), slope: unitLength(slope) };
}

/** The kernel's square is the product of both, and so is its length. */
function unitLength(kernel: Float64Array): Float64Array {
  const length = Math.hypot(...kernel);
  return kernel.map((weight) => weight / length);
}

function alongRows({ data, width, height }: FloatRaster, kernel: Float64Array): Float32Array {
  const out = new Float32Array(data.length);
  for (let y = 0, i = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++, i++) {
      let sum = 0;
      for (let d = -RADIUS; d <= RADIUS; d++) {
        const at = Math.min(width - 1, Math.max(0, x + d));
        sum += (data[row + at] ?? 0) * (kernel[d + RADIUS] ?? 0);
      }
      out[i] = sum;
    }
  }
  return out;
}

function alongColumns(
  data: Float32Array,
  { width, height }: FloatRaster,
  kernel: Float64Array,
): Float32Array {
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let d = -RADIUS; d <= RADIUS; d++) {
      const row = Math.min(height - 1, Math.max(0, y + d)) * width;
      const weight = kernel[d + RADIUS] ?? 0;
      for (let x = 0, i = y * width; x < width; x++, i++) {
        out[i] = (out[i] ?? 0) + (data[row + x] ?? 0) * weight;
      }
    }
  }
  return out;
}
