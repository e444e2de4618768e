import { DioramaError, isDioramaError } from '@diorama/core';
import { errorOfAbort, type SealedPassage, timeoutSignal } from '@diorama/runtime';
import { failureOf } from './failure.ts';
import type { PoolSettings } from './pool-options.ts';
import type { PooledPlace } from './pooled-place.ts';

/** A sealed picture waits for an answer so many times as long as one usually takes before another place is asked. */
const PATIENCE = 4;

/** How long a place is tried of which nothing is known, and the least that any is. */
type TryTimes = Pick<PoolSettings, 'tryStartMs' | 'tryLeastMs'>;

/**
 * Hands sealed pictures to one place after another, those that are up first, until one answers. They are not sent to two
 * at once: what of them is known is too little to say that the first is late.
 */
export function passageThrough(places: readonly PooledPlace[], times: TryTimes): SealedPassage {
  return {
    predict: (message, terms, signal) =>
      firstAnswer({ places, times, signal }, (passage, until) =>
        passage.predict(message, terms, until),
      ),
    keys: (signal) =>
      firstAnswer({ places, times, signal }, (passage, until) => passage.keys(until)),
  };
}

type Asking<T> = (passage: SealedPassage, signal: AbortSignal) => Promise<T>;

interface Tour {
  readonly places: readonly PooledPlace[];
  readonly times: TryTimes;
  readonly signal: AbortSignal | undefined;
}

async function firstAnswer<T>(tour: Tour, ask: Asking<T>): Promise<T> {
  const { signal, times } = tour;
  const { tryStartMs, tryLeastMs } = times;
  const places = inOrder(tour.places);
  let latest: unknown = new DioramaError('SEAL_KEY_UNKNOWN', 'No predictor opens sealed pictures.');
  for (const [n, { typicalMs, passage }] of places.entries()) {
    if (signal?.aborted) throw errorOfAbort(signal);
    const tryMs = typicalMs === undefined ? tryStartMs : Math.max(tryLeastMs, PATIENCE * typicalMs);
    // The last one has all the time that there is.
    const own = n < places.length - 1 ? [timeoutSignal(Math.ceil(tryMs))] : [];
    try {
      return await ask(passage, AbortSignal.any(signal ? [signal, ...own] : own));
    } catch (error) {
      if (signal?.aborted) throw errorOfAbort(signal);
      latest = error;
      if (failureOf(error).kind === 'picture' || isTooLarge(error)) throw error;
    }
  }
  throw latest;
}

/** Whoever sealed it said how much room there is, and every place would compute it in vain. */
function isTooLarge(error: unknown): boolean {
  return isDioramaError(error) && error.code === 'ANSWER_TOO_LARGE';
}

function inOrder(places: readonly PooledPlace[]) {
  return places
    .flatMap(({ place, isUp, load, typicalMs }) => {
      const { sealed } = place.predictor;
      return sealed ? [{ passage: sealed, isUp, load, typicalMs }] : [];
    })
    .sort((one, other) => Number(other.isUp) - Number(one.isUp) || one.load - other.load);
}
