import type { ByteRaster } from '../raster.ts';

/** Boxes over each other that stand for a Gaussian. */
const PASSES = 3;
/** A softening that no byte would show. */
const LEAST_SIGMA_PX = 0.15;

/**
 * The matte (1 channel) softened by a Gaussian of a standard deviation in pixels: three boxes whose ends count in part,
 * so that every sigma is another one (Gwosdek et al. 2011, "Theoretical foundations of Gaussian convolution by extended
 * box filtering"). The picture goes on beyond its border as it ends. Below a sixth of a pixel it comes back itself.
 */
export function featherMatte(matte: ByteRaster, sigmaPx: number): ByteRaster {
  if (sigmaPx < LEAST_SIGMA_PX) return matte;
  const { width, height } = matte;
  const box = boxOf(sigmaPx);
  const plane = Float32Array.from(matte.data);
  const longest = Math.max(width, height);
  const line = new Float32Array(longest);
  const next = new Float32Array(longest);
  for (let y = 0; y < height; y++) blurLine(plane, y * width, 1, width, box, line, next);
  for (let x = 0; x < width; x++) blurLine(plane, x, width, height, box, line, next);
  const data = new Uint8Array(plane.length);
  for (let i = 0; i < data.length; i++) data[i] = (plane[i] ?? 0) + 0.5;
  return { ...matte, data };
}

interface Box {
  readonly reach: number;
  /** What the samples just beyond the reach count. */
  readonly end: number;
}

function boxOf(sigma: number): Box {
  const variance = (sigma * sigma) / PASSES;
  const reach = Math.floor(0.5 * Math.sqrt(12 * variance + 1) - 0.5);
  const above = (2 * reach + 1) * (reach * (reach + 1) - 3 * variance);
  return { reach, end: above / (6 * (variance - (reach + 1) * (reach + 1))) };
}

function blurLine(
  plane: Float32Array,
  start: number,
  step: number,
  length: number,
  { reach, end }: Box,
  line: Float32Array,
  next: Float32Array,
): void {
  let isEven = true;
  const first = plane[start] ?? 0;
  for (let i = 0; i < length; i++) {
    const value = plane[start + i * step] ?? 0;
    line[i] = value;
    if (value !== first) isEven = false;
  }
  if (isEven) return;
  const share = 1 / (2 * reach + 1 + 2 * end);
  const last = length - 1;
  let from = line;
  let to = next;
  for (let pass = 0; pass < PASSES; pass++) {
    let sum = 0;
    for (let i = -reach; i <= reach; i++) sum += from[Math.min(last, Math.max(0, i))] ?? 0;
    for (let i = 0; i < length; i++) {
      const before = from[Math.max(0, i - reach - 1)] ?? 0;
      const after = from[Math.min(last, i + reach + 1)] ?? 0;
      to[i] = (sum + end * (before + after)) * share;
      sum += after - (from[Math.max(0, i - reach)] ?? 0);
    }
    const swap = from;
    from = to;
    to = swap;
  }
  for (let i = 0; i < length; i++) plane[start + i * step] = from[i] ?? 0;
}
