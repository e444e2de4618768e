import type { AccuracyStage } from '@diorama/contract';
import { DioramaError, type FloatRaster, floatRaster, type Size } from '@diorama/core';
import {
  boundaryRecall,
  type DepthFigures,
  depthMeter,
  type MatteFigures,
  type MatteTruth,
  matteMeter,
  SUBJECT_ALPHA,
  verticalRamp,
} from '@diorama/core/accuracy';
import { type PhotoRasters, rastersOfPhoto, type Way } from '@diorama/engine';
import type { PhotoLimits } from '@diorama/photo-io';
import type { EvalPhoto } from '../input/eval-folder.ts';
import { readPhotoBytes } from '../input/photo-bytes.ts';
import { readDepthTruth, readMatteTruth } from '../input/truth.ts';

/** The figures of one photo. */
export interface PhotoMeasure {
  readonly photo: EvalPhoto;
  readonly model: PhotoRasters['model'];
  readonly depthModel?: PhotoRasters['model'];
  readonly matte?: MeasuredMatte;
  readonly depth?: MeasuredDepth;
  readonly subject?: MeasuredSubject;
}

export interface MeasuredMatte {
  readonly answer: MatteFigures;
  readonly ungated: MatteFigures;
  /** Of a matte without any subject. */
  readonly background: MatteFigures;
}

export interface MeasuredDepth {
  readonly answer: DepthAndBoundary;
  /** Of a vertical ramp. */
  readonly ramp: DepthAndBoundary;
}

export type DepthAndBoundary = DepthFigures & { readonly boundaryRecall?: number };

export interface MeasuredSubject {
  readonly hasSubject: boolean;
  readonly isFound: boolean;
  readonly confidence: number;
}

export interface MeasureOptions {
  readonly stage: AccuracyStage;
  readonly way: Way;
  readonly limits: PhotoLimits;
}

/**
 * Takes a photo the product's way up to a stage and measures the answer.
 * @throws DioramaError `TRUTH_UNUSABLE`, and whatever the way throws
 */
export async function measurePhoto(
  photo: EvalPhoto,
  { stage, way, limits }: MeasureOptions,
  signal: AbortSignal,
): Promise<PhotoMeasure> {
  const bytes = await readPhotoBytes(photo.path, limits.bytes);
  const { alphaPath, depthPath, descriptionPath } = photo;
  const matteTruth = alphaPath
    ? await readMatteTruth(alphaPath, descriptionPath, limits, signal)
    : undefined;
  const depthTruth = depthPath
    ? await readDepthTruth(depthPath, descriptionPath, limits, signal)
    : undefined;
  const rasters = await rastersOfPhoto(bytes, stage, way, signal);
  for (const truth of [matteTruth?.alpha, depthTruth?.inverse]) {
    if (truth) assertFits(truth, rasters.photo);
  }
  signal.throwIfAborted();
  const depth = measureDepth(rasters.inverse, depthTruth, matteTruth);
  const hasSubject = photo.isNoSubject ? false : matteTruth && showsSubject(matteTruth);
  return {
    photo,
    model: rasters.model,
    ...(rasters.depthModel ? { depthModel: rasters.depthModel } : {}),
    ...(matteTruth ? { matte: measureMatte(rasters, matteTruth) } : {}),
    ...(depth ? { depth } : {}),
    ...(hasSubject === undefined
      ? {}
      : {
          subject: {
            hasSubject,
            isFound: rasters.subject.isPresent,
            confidence: rasters.subject.confidence,
          },
        }),
  };
}

function measureMatte(rasters: PhotoRasters, truth: MatteTruth): MeasuredMatte {
  const measure = matteMeter(truth, rasters.photo);
  const answer = measure(rasters.matte);
  const isGated = rasters.ungatedMatte !== rasters.matte;
  return {
    answer,
    ungated: isGated ? measure(rasters.ungatedMatte) : answer,
    background: measure(floatRaster(rasters.photo, 1)),
  };
}

function measureDepth(
  inverse: FloatRaster | undefined,
  truth: Awaited<ReturnType<typeof readDepthTruth>> | undefined,
  matteTruth: MatteTruth | undefined,
): MeasuredDepth | undefined {
  const edges = matteTruth && !matteTruth.known ? matteTruth.alpha : undefined;
  if (!inverse || !(truth || edges)) return undefined;
  const measureTruth = truth && depthMeter(truth.inverse, truth);
  const measure = (depth: FloatRaster): DepthAndBoundary => {
    const recall = edges && boundaryRecall(depth, edges);
    return {
      ...measureTruth?.(depth),
      ...(recall === undefined ? {} : { boundaryRecall: recall }),
    };
  };
  return { answer: measure(inverse), ramp: measure(verticalRamp(inverse)) };
}

function showsSubject({ alpha, known }: MatteTruth): boolean {
  return alpha.data.some((value, i) => value > SUBJECT_ALPHA && known?.[i] !== 0);
}

function assertFits(truth: Size, photo: Size): void {
  if (truth.width === photo.width && truth.height === photo.height) return;
  throw new DioramaError(
    'TRUTH_UNUSABLE',
    `Its truth has ${truth.width}x${truth.height} pixels, the photo ${photo.width}x${photo.height}`,
  );
}
