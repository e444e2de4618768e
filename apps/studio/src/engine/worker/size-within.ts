import type { Size } from '@diorama/core';

/** A size with the same shape, its longer side `longSide` at most. */
export function sizeWithin({ width, height }: Size, longSide: number): Size {
  const factor = Math.min(1, longSide / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
}
