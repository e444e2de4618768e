import { DioramaError } from '@diorama/core';
import type { PooledPlace } from './pooled-place.ts';

/** What became of a picture whose time is over. */
export interface GivenUp {
  readonly places: readonly PooledPlace[];
  /** The latest failure of a place that another try would not mend. */
  readonly lasting: DioramaError | undefined;
  /** The latest failure of any place. */
  readonly latest: DioramaError | undefined;
  /** Whether it waited for room, and not for a place or an answer. */
  readonly wantedRoom: boolean;
}

/** Why a picture got no prediction in its time, as one error for the person. */
export function giveUpError({ places, lasting, latest, wantedRoom }: GivenUp): DioramaError {
  const options = latest ? { cause: latest } : {};
  if (!places.some(({ isUp }) => isUp)) {
    const paces = places.flatMap(({ startPaceMs }) => startPaceMs ?? []);
    if (paces.length > 0) return stillStarting(Math.min(...paces), options);
    if (lasting) return lasting;
    const cause = latest ?? places.find(({ fault }) => fault)?.fault?.error;
    // What a place said tells an operator more, such as whom it let in.
    const line = cause?.code === 'PREDICTOR_UNAVAILABLE' ? cause.message : 'No predictor answers.';
    return new DioramaError('PREDICTOR_UNAVAILABLE', line, { cause });
  }
  // Other places could still have answered, had there been time.
  if (wantedRoom) return queueFull('The predictors had too much to do before its deadline.');
  return new DioramaError(
    'DEADLINE_EXCEEDED',
    'No predictor answered before the deadline.',
    options,
  );
}

/** The refusal of a picture for which there is no room. */
export function queueFull(why: string): DioramaError {
  const detail = { retryAfterSeconds: 1 };
  return new DioramaError('QUEUE_FULL', `${why} Try again in 1 s.`, { detail });
}

function stillStarting(paceMs: number, options: { readonly cause?: unknown }): DioramaError {
  const retryAfterSeconds = Math.max(1, Math.ceil(paceMs / 1000));
  return new DioramaError(
    'PREDICTOR_STARTING',
    `The predictor is starting. Try again in ${retryAfterSeconds} s.`,
    { ...options, detail: { retryAfterSeconds } },
  );
}
