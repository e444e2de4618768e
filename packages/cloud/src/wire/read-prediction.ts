import type { ModelCard, ModelTask, PredictionDocument } from '@diorama/contract';
import type { FloatRaster, Size } from '@diorama/core';
import type { ModelIdentity, Prediction } from '@diorama/runtime';
import { type PlaneMeaning, readPlane } from './read-plane.ts';
import { isSameShape } from './same-shape.ts';
import { unusableAnswer } from './unusable-answer.ts';
import type { PlaneName, WireAnswer } from './wire-answer.ts';

/** What was asked, against which an answer is held. */
export interface Asked {
  readonly card: ModelCard;
  /** Of the picture. */
  readonly size: Size;
  /** Whether that was sent; a smaller one is brought to the model's size by the predictor. */
  readonly isFitted: boolean;
  readonly wanted: readonly ModelTask[];
}

/** A plane with less than one sample for so many pixels each way is no plane. */
const COARSEST = 32;
/** What a model answers is within this, whatever its unit. */
const LARGEST_VALUE = 1e9;
const PROVIDER = /^[\w.-]{1,40}$/;

/**
 * A prediction that can be trusted as far as one from a session of this machine: of the right model, complete, finite, of a
 * size that can be. `elapsedMs` is how long it took in all; what was not the network's run counts as waiting.
 * @throws DioramaError `MODEL_OUTPUT_INVALID`, `CANCELLED`, `DEADLINE_EXCEEDED`
 */
export async function readPrediction(
  { document, files }: WireAnswer,
  asked: Asked,
  elapsedMs: number,
  signal: AbortSignal,
): Promise<Prediction> {
  const { card, wanted } = asked;
  const { size, planes = {}, subjectProbability, timingsMs, batchSize, model } = document;
  if (model.sha256 !== card.sha256) throw unusableAnswer('with another model than is expected');
  checkSize(size, asked);
  if (subjectProbability !== undefined && !(subjectProbability >= 0 && subjectProbability <= 1)) {
    throw unusableAnswer('with a probability that is none');
  }
  const read = (name: PlaneName): Promise<FloatRaster> | undefined => {
    if (!wanted.includes(name)) return undefined;
    const [meaning, file] = [planes[name], files[name]];
    if (!meaning || !file) throw unusableAnswer(`without a ${name}`);
    checkMeaning(name, meaning);
    return readPlane(file, meaning, size, signal);
  };
  const depth = await read('depth');
  const matte = await read('matte');
  const predictMs = Math.min(timingsMs.predict, elapsedMs);
  return {
    ...(depth ? { depth, depthKind: depthKindOf(document, card) } : {}),
    ...(matte ? { matte } : {}),
    ...(subjectProbability === undefined ? {} : { subjectProbability }),
    model: identityOf(card, model.provider),
    timingsMs: { queue: elapsedMs - predictMs, predict: predictMs },
    ...(batchSize === undefined ? {} : { batchSize }),
  };
}

function checkSize(found: Size, { size, isFitted }: Asked): void {
  // A picture that it fitted itself may have become larger by a multiple's rounding, and never by more.
  const most = isFitted ? 1 : 2;
  const isBetween = (foundPx: number, askedPx: number) =>
    foundPx * COARSEST >= askedPx && foundPx <= most * askedPx;
  // What a predictor fitted itself is rounded to the multiple of its model.
  const isShaped = !isFitted || isSameShape(found, size);
  const isSized = isBetween(found.width, size.width) && isBetween(found.height, size.height);
  if (isSized && isShaped) return;
  throw unusableAnswer('with planes of another picture');
}

function checkMeaning(name: PlaneName, { scale, shift, bitDepth }: PlaneMeaning): void {
  if (name === 'matte') {
    const isUnit = shift >= 0 && scale >= 0 && scale + shift <= 1 && bitDepth === 8;
    if (!isUnit) throw unusableAnswer('with a matte that is none');
    return;
  }
  const isSane = Math.abs(scale) <= LARGEST_VALUE && Math.abs(shift) <= LARGEST_VALUE;
  if (!isSane) throw unusableAnswer('with a depth that is none');
}

function depthKindOf(
  { depth }: PredictionDocument,
  { outputs }: ModelCard,
): 'metric' | 'inverse-affine' {
  const isMetric = outputs.some(({ meaning }) => meaning === 'depth-metres');
  const expected = isMetric ? 'metric' : 'inverse-affine';
  if (depth?.kind === expected) return expected;
  throw unusableAnswer('with a depth of another kind');
}

/** The card's own words, since they travel on in headers. */
function identityOf({ id, version, sha256, licence }: ModelCard, provider: string): ModelIdentity {
  const isName = PROVIDER.test(provider);
  return { id, version, sha256, licence: licence.spdx, provider: isName ? provider : 'unknown' };
}
