import { DioramaError } from '@diorama/core';
import type { PredictTerms } from '@diorama/runtime';

/** The time that one try has. */
export interface TimeLimit {
  /** Aborts with the caller's, at the deadline (`DEADLINE_EXCEEDED`), or when the place has had its time (`PREDICTOR_UNAVAILABLE`). */
  readonly signal: AbortSignal;
  /** Milliseconds up to the deadline of the picture; absent where it has none. */
  readonly leftMs: () => number | undefined;
  /** Lets go of the clock. */
  readonly end: () => void;
}

/**
 * Limits a try by its picture's deadline and by what the place may take at most.
 * @throws DioramaError `DEADLINE_EXCEEDED` where no time is left
 */
export function limitTime(
  signals: readonly AbortSignal[],
  capMs: number,
  terms: PredictTerms | undefined,
): TimeLimit {
  const { deadlineAtMs } = terms ?? {};
  const leftMs = () =>
    deadlineAtMs === undefined ? undefined : Math.floor(deadlineAtMs - Date.now());
  const left = leftMs();
  const late = new DioramaError('DEADLINE_EXCEEDED', 'The deadline came before the answer did.');
  if (left !== undefined && left <= 0) throw late;
  const isCap = left === undefined || left > capMs;
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(isCap ? silent(capMs) : late), isCap ? capMs : left);
  return {
    signal: AbortSignal.any([...signals, over.signal]),
    leftMs,
    end: () => clearTimeout(timer),
  };
}

function silent(capMs: number): DioramaError {
  return new DioramaError(
    'PREDICTOR_UNAVAILABLE',
    `The predictor did not answer within ${capMs / 1000} s.`,
    { detail: { allowedMs: capMs } },
  );
}
