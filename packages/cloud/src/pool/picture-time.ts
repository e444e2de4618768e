import type { PredictRequest } from '@diorama/runtime';
import type { PoolSettings } from './pool-options.ts';

/** Of a picture's time so much is kept to say that it got no prediction, before others say it worse. */
const FAREWELL_SHARE = 0.1;
const LONGEST_FAREWELL_MS = 100;

/** The time that a picture has, in milliseconds from now. */
export interface PictureTime {
  /** Zero or less where it is over. */
  readonly leftMs: number;
  /** When to give up if nobody is at work on it. */
  readonly farewellMs: number;
  /** With its deadline, for places that want to know when an answer is of no more use. */
  readonly request: PredictRequest;
}

/** Reads the deadline from a picture's terms; without one it is tried for as long as the pool is patient. */
export function timeOf(request: PredictRequest, settings: PoolSettings): PictureTime {
  const { clock, patienceMs } = settings;
  const nowMs = clock.epochMs();
  const deadlineAtMs = request.terms?.deadlineAtMs ?? nowMs + patienceMs;
  const leftMs = deadlineAtMs - nowMs;
  return {
    leftMs,
    farewellMs: leftMs - Math.min(LONGEST_FAREWELL_MS, leftMs * FAREWELL_SHARE),
    request: { ...request, terms: { ...request.terms, deadlineAtMs } },
  };
}
