import { setTimeout as pause } from 'node:timers/promises';
import type { PullTimes } from './pull-options.ts';
import { PassingTrouble, unavailable } from './pull-trouble.ts';

/** Attempts in a row that bring nothing new. */
const MOST_IN_VAIN = 5;
/** All attempts, for connections that are cut again and again. */
const MOST_ATTEMPTS = 50;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Attempts something until it succeeds, with pauses that grow while attempts bring nothing and are scattered, so
 * that many machines do not come back at once.
 * @throws DioramaError `SOURCE_UNAVAILABLE` when it has failed too often; whatever is no `PassingTrouble` at once.
 */
export async function patiently<T>(
  { times, signal }: { readonly times: PullTimes; readonly signal: AbortSignal },
  attempt: () => Promise<T>,
  measure: () => Promise<number> = async () => 0,
): Promise<T> {
  let most = await measure();
  let inVain = 0;
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof PassingTrouble)) throw error;
      const reached = await measure();
      inVain = reached > most ? 1 : inVain + 1;
      most = Math.max(most, reached);
      const { retryAfterMs = 0, message } = error;
      if (inVain >= MOST_IN_VAIN || count >= MOST_ATTEMPTS) {
        throw unavailable(
          `${message}; given up after ${count} attempts${keptText(reached)}`,
          error,
        );
      }
      if (retryAfterMs > times.longestRetryMs) {
        const seconds = Math.ceil(retryAfterMs / 1000);
        throw unavailable(
          `${message} and asks to come back in ${seconds} s${keptText(reached)}`,
          error,
        );
      }
      const growing = Math.min(times.retryMs * 2 ** (inVain - 1), LONGEST_PAUSE_MS);
      await pause(Math.max(retryAfterMs, growing * (0.5 + Math.random())), undefined, { signal });
    }
  }
}

function keptText(bytes: number): string {
  return bytes > 0 ? '; the same command goes on from there' : '';
}
