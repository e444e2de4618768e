import type { ByteRaster } from '../raster.ts';

/** A rectangle of pixels; `width` and `height` at least 1. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The smallest box that holds every pixel whose alpha is at least `leastAlpha`, 1..255; undefined where there is none.
 * Alpha is the last channel, which for a matte is its only one.
 */
export function alphaBox(raster: ByteRaster, leastAlpha: number): Box | undefined {
  const { width, height, channels, data } = raster;
  const stride = width * channels;
  const last = channels - 1;
  let left = width;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    const row = y * stride + last;
    const first = indexFrom(data, row, channels, 0, width, leastAlpha);
    if (first === width) continue;
    if (top < 0) top = y;
    bottom = y;
    if (first < left) left = first;
    // Only what lies outside of the box so far can widen it.
    for (let x = width - 1; x > right; x--) {
      if ((data[row + x * channels] ?? 0) < leastAlpha) continue;
      right = x;
      break;
    }
  }
  if (top < 0) return undefined;
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Where the first alpha of a row that counts is; `to` where none does. */
function indexFrom(
  data: Uint8Array,
  row: number,
  step: number,
  from: number,
  to: number,
  leastAlpha: number,
): number {
  for (let x = from; x < to; x++) {
    if ((data[row + x * step] ?? 0) >= leastAlpha) return x;
  }
  return to;
}
