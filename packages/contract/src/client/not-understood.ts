import { DioramaError } from '@diorama/core';

/** The refusal of an answer that no Diorama server gives. */
export function notUnderstood(cause?: unknown): DioramaError {
  const line = 'The answer is not one that a Diorama server gives.';
  return new DioramaError('SOURCE_UNAVAILABLE', line, { cause, detail: { isFinal: true } });
}
