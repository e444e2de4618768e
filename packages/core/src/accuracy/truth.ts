import type { FloatRaster } from '../raster.ts';

/** What a picture's matte truly is. */
export interface MatteTruth {
  /** 1 channel, 0..1. */
  readonly alpha: FloatRaster;
  /** For each pixel 1 where the alpha is known and 0 where nobody can say; absent when all are known. */
  readonly known?: Uint8Array;
}

/** What a picture's depth truly is: 1 channel of inverse depth in any unit, larger is nearer, 0 where unknown. */
export type DepthTruth = FloatRaster;

/** From here on a pixel is rather subject than background. */
export const SUBJECT_ALPHA = 0.5;
