import { DioramaError, type Size } from '@diorama/core';

/** One sample of 0..255 for each pixel. */
export interface GreyPlane extends Size {
  readonly data: ArrayLike<number>;
}

/**
 * The mean over all pixels of how far two planes are apart, in samples of 0..255.
 * @throws DioramaError `INTERNAL` when they are not of one size
 */
export function meanDifference(a: GreyPlane, b: GreyPlane): number {
  if (a.width !== b.width || a.height !== b.height || a.data.length !== b.data.length) {
    throw new DioramaError(
      'INTERNAL',
      `planes of ${a.width}x${a.height} and ${b.width}x${b.height} cannot be compared`,
    );
  }
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) {
    sum += Math.abs((a.data[i] as number) - (b.data[i] as number)); // in range by the loop's bound
  }
  return sum / a.data.length;
}
