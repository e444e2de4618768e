import type { AccuracyStage, ModelTask } from '@diorama/contract';
import {
  type ByteRaster,
  type FloatRaster,
  floatRaster,
  resizeBilinear,
  type Size,
  type WordRaster,
} from '@diorama/core';
import { resolveLayersOptions } from './layers-options.ts';
import { RasterArena } from './raster-arena.ts';
import { fitAll, guideOf } from './steps/ask.ts';
import { intake } from './steps/intake.ts';
import { type CleanPrediction, gate, predictUngated } from './steps/predict.ts';
import { type RefineInput, refine, refineMatte } from './steps/refine.ts';
import type { Way } from './way.ts';

/** What is answered to a photo, not encoded, all on the photo's own grid: to be measured. */
export interface PhotoRasters {
  /** 3 channels, sRGB. */
  readonly photo: ByteRaster;
  readonly subject: CleanPrediction['subject'];
  /** 1 channel, 0..1; empty where the answer is "no subject". */
  readonly matte: FloatRaster;
  /** The same whatever the answer is; the very same raster where there is a subject. */
  readonly ungatedMatte: FloatRaster;
  /** 1 channel, 0..1, 1 is near; for models that answer depth. */
  readonly inverse?: FloatRaster;
  readonly model: CleanPrediction['model'];
  readonly depthModel?: CleanPrediction['model'];
}

const TASKS: readonly ModelTask[] = ['depth', 'matte'];

/**
 * The way of a photo up to a stage: `prediction` is what the network gives, brought to the photo's size bilinearly,
 * `layers` what refining makes of it.
 * @throws DioramaError `PHOTO_*`, `CANCELLED`, `DEADLINE_EXCEEDED`, or what the predictor throws.
 */
export async function rastersOfPhoto(
  bytes: Uint8Array,
  stage: AccuracyStage,
  way: Way,
  signal?: AbortSignal,
): Promise<PhotoRasters> {
  const taken = await intake(bytes, way, signal);
  const asks = await fitAll(taken, way.networks, tasksOf(way));
  const prediction = await predictUngated(asks, taken.size, signal);
  const photo = await taken.photo;
  const { subject, model, depthModel } = prediction;
  const finish = (from: CleanPrediction, wantsDepth: boolean) =>
    stage === 'prediction'
      ? enlarge(from, photo.colour)
      : refineOnly({ photo, guide: guideOf(asks), prediction: from }, wantsDepth, signal);
  const answer = finish(gate(prediction), true);
  const ungated = subject.isPresent ? answer : finish(prediction, false);
  return {
    photo: photo.colour,
    subject,
    matte: answer.matte,
    ungatedMatte: ungated.matte,
    ...(answer.inverse ? { inverse: answer.inverse } : {}),
    model,
    ...(depthModel ? { depthModel } : {}),
  };
}

/** Everything that the networks can answer between them. */
function tasksOf({ networks }: Way): readonly ModelTask[] {
  return TASKS.filter((task) => networks.some(({ card }) => card.tasks.includes(task)));
}

type Answer = Pick<PhotoRasters, 'matte' | 'inverse'>;

function enlarge({ matte, depth }: CleanPrediction, size: Size): Answer {
  return {
    matte: resizeBilinear(matte, size),
    ...(depth ? { inverse: resizeBilinear(depth.inverse, size) } : {}),
  };
}

function refineOnly(
  from: RefineInput,
  wantsDepth: boolean,
  signal: AbortSignal | undefined,
): Answer {
  const options = resolveLayersOptions({ layers: wantsDepth ? ['matte', 'depth'] : ['matte'] });
  const layers = new Map<string, FloatRaster>();
  const arena = new RasterArena();
  const matte = refineMatte(from, arena);
  for (const { name, raster } of refine({ ...from, matte }, options, arena, signal)) {
    layers.set(name, asShares(raster));
  }
  const inverse = layers.get('depth');
  return {
    matte: layers.get('matte') ?? floatRaster(from.photo.colour, 1),
    ...(inverse ? { inverse } : {}),
  };
}

/** Samples of whole numbers as 0..1. */
function asShares(raster: ByteRaster | WordRaster): FloatRaster {
  const most = raster.data instanceof Uint8Array ? 255 : 65_535;
  const shares = floatRaster(raster, raster.channels);
  for (let i = 0; i < shares.data.length; i++) shares.data[i] = (raster.data[i] ?? 0) / most;
  return shares;
}
