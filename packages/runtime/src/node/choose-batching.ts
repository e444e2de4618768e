import type { ModelCard } from '@diorama/contract';
import { isDioramaError } from '@diorama/core';
import { Batcher } from '../shared/batcher.ts';
import { warmUpSize } from '../shared/model-size.ts';
import type { SessionPool } from '../shared/picture-runner.ts';
import { type Batching, DEFAULT_MAX_QUEUED } from '../shared/pooled-predictor.ts';
import type { PictureAnswer } from '../shared/session-messages.ts';
import { syntheticPictures } from './import/synthetic-pictures.ts';
import type { LocalPredictorOptions } from './local-predictor.ts';
import type { ProviderName } from './providers.ts';

/** How far answers may be apart, as a share of their range: a GPU adds up in another order for each batch size. */
const TOLERANCE = 0.02;

/**
 * What runs the pictures of a predictor together, where that was asked for, the provider gains from it, and the network
 * answers two pictures together as it answers each alone, which is tried here.
 * @throws DioramaError what a run throws that has nothing to do with batches
 */
export async function chooseBatching(
  card: ModelCard,
  provider: ProviderName,
  pool: SessionPool,
  { batching = 'auto', sessions = 1, maxQueued = DEFAULT_MAX_QUEUED }: LocalPredictorOptions,
): Promise<Batching> {
  if (batching === 'off') return { off: 'it was switched off' };
  if (batching === 'auto' && provider === 'cpu') return { off: 'a processor gains nothing by it' };
  const off = await faultOfBatches(card, pool);
  return off === undefined ? new Batcher(pool, { sessions, maxQueued }) : { off };
}

/** Why two pictures of a model cannot be run together; undefined when they can. */
async function faultOfBatches(card: ModelCard, pool: SessionPool): Promise<string | undefined> {
  const images = syntheticPictures(warmUpSize(card)).slice(0, 2);
  const wanted = card.tasks;
  const alone: PictureAnswer[] = [];
  for (const image of images) {
    alone.push(...(await pool.run({ images: [image], wanted })).answers);
  }
  try {
    const { answers } = await pool.run({ images, wanted }, { maxAttempts: 1 });
    const [first = {}, second = {}] = alone;
    if (isLike(first, second)) return 'it answers pictures alike, so that none can be told apart';
    const isSame = answers.every((answer, place) => isLike(answer, alone[place] ?? {}));
    return isSame ? undefined : 'the model answers pictures together otherwise than alone';
  } catch (error) {
    if (!isDioramaError(error) || error.code === 'CANCELLED') throw error;
    return 'the model takes one picture at a time';
  }
}

/** Whether two answers are the same but for rounding. */
function isLike(a: PictureAnswer, b: PictureAnswer): boolean {
  const apart = Math.abs((a.subjectProbability ?? 0) - (b.subjectProbability ?? 0));
  return apart <= TOLERANCE && areLike(a.depth, b.depth) && areLike(a.matte, b.matte);
}

function areLike(one: Float32Array | undefined, other: Float32Array | undefined): boolean {
  const [a, b] = [one ?? new Float32Array(0), other ?? new Float32Array(0)];
  const { low, high } = rangeOf(b);
  const limit = Math.max(high - low, Number.EPSILON) * TOLERANCE;
  // What is not a number in one has to be none in the other.
  return (
    a.length === b.length &&
    a.every((sample, n) => Object.is(sample, b[n]) || Math.abs(sample - (b[n] ?? 0)) <= limit)
  );
}

function rangeOf(samples: Float32Array): { readonly low: number; readonly high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const sample of samples) {
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  return { low, high };
}
