import type { Size } from './raster.ts';

/** A size of the same shape whose longer side is `longSide` at most; never larger, never empty. */
export function sizeWithin({ width, height }: Size, longSide: number): Size {
  const factor = Math.min(1, longSide / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
}
