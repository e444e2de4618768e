import { DioramaError } from '@diorama/core';

/**
 * Does something under a deadline of its own beside that of its signal, on the clock of `performance.now()`.
 * @throws what it throws, and as reason of the signal that it gets DioramaError `DEADLINE_EXCEEDED`
 */
export async function underDeadline<T>(
  deadlineAtMs: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  line = 'The answer was not ready before its deadline.',
): Promise<T> {
  if (deadlineAtMs === Number.POSITIVE_INFINITY) return work(outer);
  const late = new AbortController();
  const abort = () => late.abort(new DioramaError('DEADLINE_EXCEEDED', line));
  const leftMs = deadlineAtMs - performance.now();
  if (leftMs <= 0) abort();
  const timer = setTimeout(abort, leftMs);
  try {
    return await work(AbortSignal.any([outer, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}
