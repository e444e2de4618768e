import { DioramaError, isDioramaError } from '@diorama/core';

/**
 * The reason of an aborted signal as a Diorama error: `DEADLINE_EXCEEDED` when a deadline ended it
 * (`AbortSignal.timeout`), the caller's own Diorama error when that is the reason, else `CANCELLED`.
 */
export function errorOfAbort(signal: AbortSignal): DioramaError {
  const reason: unknown = signal.reason;
  if (isDioramaError(reason)) return reason;
  if (reason instanceof Error && reason.name === 'TimeoutError') {
    return new DioramaError('DEADLINE_EXCEEDED', 'The work was not done before its deadline.', {
      cause: reason,
    });
  }
  return new DioramaError('CANCELLED', 'The work was cancelled.', { cause: reason });
}
