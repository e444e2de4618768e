import { PROBLEMS } from '@diorama/contract';
import { DioramaError, type ErrorCode, isDioramaError } from '@diorama/core';

/**
 * What a failed try says: of the place that it is `starting`, `busy` or `failing`; `suspect` where place or picture may
 * be at fault, which only another place can tell; `picture` where every place would say the same.
 */
export type FailureKind = 'starting' | 'busy' | 'failing' | 'suspect' | 'picture';

/** Why a try gave no prediction. */
export interface Failure {
  readonly kind: FailureKind;
  readonly error: DioramaError;
  /** Whether the place would say it again of this picture. */
  readonly isLasting: boolean;
}

const KINDS: Partial<Record<ErrorCode, FailureKind>> = {
  PREDICTOR_STARTING: 'starting',
  QUEUE_FULL: 'busy',
  RATE_LIMITED: 'busy',
  MODEL_OUTPUT_INVALID: 'suspect',
  WORKER_CRASHED: 'suspect',
  INTERNAL: 'suspect',
  // Places differ in their room and in their keys.
  ANSWER_TOO_LARGE: 'suspect',
  SEAL_REQUIRED: 'suspect',
  SEAL_KEY_UNKNOWN: 'suspect',
  PREDICTOR_UNAVAILABLE: 'failing',
  NOT_READY: 'failing',
  // The picture's own end is known before; this is the place's.
  DEADLINE_EXCEEDED: 'failing',
  CANCELLED: 'failing',
  SOURCE_UNAVAILABLE: 'failing',
  PROVIDER_UNAVAILABLE: 'failing',
  // What the place's operator must set right; another place may be right already.
  CONFIG_INVALID: 'failing',
  MODEL_MISSING: 'failing',
  MODEL_CORRUPT: 'failing',
  LICENCE_NOT_ACCEPTED: 'failing',
  KEY_REQUIRED: 'failing',
  BUDGET_SPENT: 'failing',
  HOST_REFUSED: 'failing',
  ORIGIN_REFUSED: 'failing',
  ADDRESS_REFUSED: 'failing',
  ROUTE_UNKNOWN: 'failing',
  METHOD_UNSUPPORTED: 'failing',
};

/** What an error of a place means for the place and for its picture. */
export function failureOf(cause: unknown): Failure {
  const error = isDioramaError(cause)
    ? cause
    : new DioramaError('INTERNAL', 'A predictor failed without saying why.', { cause });
  return {
    kind: KINDS[error.code] ?? 'picture',
    error,
    isLasting: !PROBLEMS[error.code].retryable,
  };
}

/** When a place wants to be asked again, in milliseconds from now, where it says so. */
export function retryAfterMsOf({ detail }: DioramaError): number | undefined {
  const { retryAfterMs, retryAfterSeconds } = detail;
  if (typeof retryAfterMs === 'number' && retryAfterMs >= 0) return retryAfterMs;
  if (typeof retryAfterSeconds === 'number' && retryAfterSeconds >= 0) {
    return retryAfterSeconds * 1000;
  }
  return undefined;
}
