import { DioramaError, isDioramaError } from '@diorama/core';

/**
 * Stops between two native calls, which cannot be stopped themselves.
 * @throws DioramaError the signal's own reason when it is one, else `DEADLINE_EXCEEDED` after
 * `AbortSignal.timeout`, else `CANCELLED`
 */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancellationOf(signal);
}

/** The error that an aborted signal stands for. */
export function cancellationOf(signal: AbortSignal): DioramaError {
  const reason: unknown = signal.reason;
  if (isDioramaError(reason)) return reason;
  if (reason instanceof Error && reason.name === 'TimeoutError') {
    return new DioramaError('DEADLINE_EXCEEDED', 'The deadline passed.', { cause: reason });
  }
  return new DioramaError('CANCELLED', 'The work was cancelled.', { cause: reason });
}
