import { DioramaError } from '@diorama/core';
import type { DioramaStats } from '@diorama/engine';

/** When who is refused may come back: a place that starts takes minutes, one that failed is asked every few seconds. */
const STARTING_SECONDS = 10;
const OUT_SECONDS = 5;

/** Why no predictor elsewhere can have a picture now; nothing where one can, or where none is elsewhere. */
export function placesOut({ places = [] }: DioramaStats): DioramaError | undefined {
  if (places.length === 0 || places.some(({ state }) => state === 'up')) return undefined;
  const isStarting = places.some(({ state }) => state === 'starting');
  const retryAfterSeconds = isStarting ? STARTING_SECONDS : OUT_SECONDS;
  const line = isStarting ? 'The predictor is starting.' : 'No predictor answers.';
  return new DioramaError(
    isStarting ? 'PREDICTOR_STARTING' : 'PREDICTOR_UNAVAILABLE',
    `${line} Try again in ${retryAfterSeconds} s.`,
    { detail: { retryAfterSeconds } },
  );
}
