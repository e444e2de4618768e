import { cleanMatte, type FloatRaster, floatRaster, normaliseInverseDepth } from '@diorama/core';
import type { Prediction, PredictRequest } from '@diorama/runtime';

/** Asks a predictor; in a photo worker it is the main thread that answers. */
export type Predict = (request: PredictRequest, signal?: AbortSignal) => Promise<Prediction>;

/** A prediction that the arithmetic after it can trust: finite, in range, with what it means beside it. */
export interface CleanPrediction {
  readonly matte: FloatRaster;
  readonly subject: { readonly isPresent: boolean; readonly confidence: number };
  readonly depth?: CleanDepth;
  readonly model: Prediction['model'];
  readonly timingsMs: Prediction['timingsMs'];
}

export interface CleanDepth {
  readonly kind: 'inverse-affine' | 'metric';
  /** 1 channel, 0..1, 1 near; `scale * inverse + shift` is what the model answered. */
  readonly inverse: FloatRaster;
  readonly scale: number;
  readonly shift: number;
}

/** From this confidence on the model says rather yes than no. */
export const SUBJECT_THRESHOLD = 0.5;

/**
 * Runs the network and makes its answer trustworthy. Where the model says that there is no subject, the matte
 * is empty: a faint one would still be cut out by whoever asked for it.
 * @throws DioramaError `MODEL_OUTPUT_INVALID`, and whatever the predictor throws.
 */
export async function predict(
  request: PredictRequest,
  ask: Predict,
  signal: AbortSignal | undefined,
): Promise<CleanPrediction> {
  return gate(await predictUngated(request, ask, signal));
}

/** The same with the matte as the network gave it, whether or not there is a subject. */
export async function predictUngated(
  request: PredictRequest,
  ask: Predict,
  signal: AbortSignal | undefined,
): Promise<CleanPrediction> {
  const answer = await ask(request, signal);
  const { width, height } = request.image;
  const matte = answer.matte
    ? cleanMatte(answer.matte)
    : { width, height, channels: 1, data: new Float32Array(width * height) };
  const confidence = clampUnit(answer.subjectProbability ?? strongestShare(matte));
  return {
    matte,
    subject: { isPresent: confidence >= SUBJECT_THRESHOLD, confidence },
    ...(answer.depth
      ? {
          depth: {
            kind: answer.depthKind ?? 'inverse-affine',
            ...normaliseInverseDepth(answer.depth),
          },
        }
      : {}),
    model: answer.model,
    timingsMs: answer.timingsMs,
  };
}

/** No subject, no matte. */
export function gate(prediction: CleanPrediction): CleanPrediction {
  if (prediction.subject.isPresent) return prediction;
  return { ...prediction, matte: floatRaster(prediction.matte, 1) };
}

/** For a model that does not say how sure it is: the mean alpha of the 1 % of pixels that it is surest of. */
function strongestShare(matte: FloatRaster): number {
  const sorted = Float32Array.from(matte.data).sort();
  const from = Math.floor(sorted.length * 0.99);
  let sum = 0;
  for (let i = from; i < sorted.length; i++) sum += sorted[i] as number; // in range by the loop's bound
  return sum / (sorted.length - from);
}

function clampUnit(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}
