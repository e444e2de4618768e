import type { Size } from '@diorama/core';

/** A size as every text of the page has it, such as `384 × 256`. */
export function sizeInWords({ width, height }: Size): string {
  return `${width} × ${height}`;
}
