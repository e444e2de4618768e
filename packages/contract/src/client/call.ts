import { DioramaError, isDioramaError } from '@diorama/core';
import type { CallOptions } from './client-options.ts';

/** The longest time that a timer takes. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One call of the client, over all its requests. */
export interface Call {
  /** Aborts at the deadline, or with the caller's own signal. */
  readonly signal: AbortSignal;
  /** Milliseconds to the deadline; `Infinity` without one. */
  readonly remainingMs: () => number;
}

/** Begins a call, with a deadline for those that have none of their own. @throws DioramaError `REQUEST_INVALID` */
export function beginCall(
  { signal, deadlineMs: own }: CallOptions,
  defaultDeadlineMs = Number.POSITIVE_INFINITY,
): Call {
  const deadlineMs = own ?? defaultDeadlineMs;
  if (!(deadlineMs > 0)) {
    throw new DioramaError('REQUEST_INVALID', 'deadlineMs must be more than 0.');
  }
  const endAtMs = performance.now() + deadlineMs;
  const signals = signal === undefined ? [] : [signal];
  if (deadlineMs <= LONGEST_TIMER_MS) {
    const late = AbortSignal.timeout(Math.ceil(deadlineMs));
    // Node 20 forgets a timeout to which nobody listens directly.
    late.addEventListener('abort', () => undefined, { once: true });
    signals.push(late);
  }
  return { signal: AbortSignal.any(signals), remainingMs: () => endAtMs - performance.now() };
}

/** Why a call's signal aborted: `DEADLINE_EXCEEDED`, the caller's own Diorama error, or `CANCELLED`. */
export function errorOfCall({ signal }: Pick<Call, 'signal'>): DioramaError {
  const reason: unknown = signal.reason;
  if (isDioramaError(reason)) return reason;
  if (reason instanceof Error && reason.name === 'TimeoutError') {
    const line = 'The answer was not here before the deadline.';
    return new DioramaError('DEADLINE_EXCEEDED', line, { cause: reason });
  }
  return new DioramaError('CANCELLED', 'The call was cancelled.', { cause: reason });
}

/** Waits, or throws as soon as the call is over. @throws DioramaError as `errorOfCall` */
export function pause(ms: number, call: Call): Promise<void> {
  return new Promise((resolve, reject) => {
    if (call.signal.aborted) {
      reject(errorOfCall(call));
      return;
    }
    const abort = () => {
      clearTimeout(timer);
      reject(errorOfCall(call));
    };
    const timer = setTimeout(() => {
      call.signal.removeEventListener('abort', abort);
      resolve();
    }, ms);
    call.signal.addEventListener('abort', abort, { once: true });
  });
}
