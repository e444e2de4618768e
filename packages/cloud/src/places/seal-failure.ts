import { DioramaError, isDioramaError } from '@diorama/core';

/**
 * A failed exchange with a place that we seal for ourselves, as `Place` says: it is the place's, or its operator's, and
 * another one may do better. What is said of the picture itself stays so.
 */
export function sealFailure(error: unknown): unknown {
  if (!isDioramaError(error) || !error.code.startsWith('SEAL_')) return error;
  if (error.code === 'SEAL_INVALID') {
    const line =
      'The predictor and we cannot open what the other sealed: something on the way changes it, or the key is not its own.';
    return new DioramaError('MODEL_OUTPUT_INVALID', line, { cause: error });
  }
  const line = `The predictor does not take what is sealed for it: ${error.message}`;
  return new DioramaError('CONFIG_INVALID', line, { cause: error });
}
