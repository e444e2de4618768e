import { assertSameSize, type ByteRaster, type FloatRaster } from '../raster.ts';
import { alphaDifference } from './alpha-difference.ts';
import { boundaryF, boundaryOf, boundaryTolerancePx } from './boundary.ts';
import { gradientError, steepness } from './gradient-error.ts';
import { cutOut, edgeBand, haloError } from './halo.ts';
import { maxF } from './max-f.ts';
import { structureMeasure } from './structure-measure.ts';
import type { MatteTruth } from './truth.ts';

/** How good one matte is; each file of this folder says of one figure how it is reckoned. */
export interface MatteFigures {
  readonly iou: number;
  readonly mae: number;
  readonly maxF: number;
  readonly sMeasure: number;
  readonly sad: number;
  /** These three only where the truth has a boundary and all of it is known. */
  readonly boundaryF?: number;
  readonly gradient?: number;
  readonly halo?: number;
}

/**
 * Measures mattes (1 channel, 0..1) of one photo (3 channels) against its truth, all on one grid. What is to be known
 * of the truth alone is found once.
 */
export function matteMeter(
  truth: MatteTruth,
  photo: ByteRaster,
): (matte: FloatRaster) => MatteFigures {
  assertSameSize(photo, truth.alpha, 'photo and truth');
  const measureBoundary = boundaryMeter(truth, photo);
  return (matte) => ({
    ...alphaDifference(matte, truth),
    maxF: maxF(matte, truth),
    sMeasure: structureMeasure(matte, truth),
    ...measureBoundary?.(matte),
  });
}

type BoundaryFigures = Required<Pick<MatteFigures, 'boundaryF' | 'gradient' | 'halo'>>;

function boundaryMeter(
  { alpha, known }: MatteTruth,
  photo: ByteRaster,
): ((matte: FloatRaster) => BoundaryFigures) | undefined {
  // What hand-made trimaps leave unknown is the boundary.
  if (known?.includes(0)) return undefined;
  const boundary = boundaryOf(alpha);
  if (boundary.count === 0) return undefined;
  const steep = steepness(alpha);
  const subject = cutOut(photo, alpha);
  const band = edgeBand(alpha, boundary);
  const tolerancePx = boundaryTolerancePx(alpha);
  return (matte) => ({
    boundaryF: boundaryF(boundaryOf(matte), boundary, tolerancePx),
    gradient: gradientError(steepness(matte), steep),
    halo: haloError(cutOut(photo, matte), subject, band),
  });
}
