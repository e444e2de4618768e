import { DioramaError, isDioramaError } from '@diorama/core';

/** The refusal of an answer that no predictor of the right model gives. `what` completes "The predictor answered ...". */
export function unusableAnswer(what: string, cause?: unknown): DioramaError {
  return new DioramaError('MODEL_OUTPUT_INVALID', `The predictor answered ${what}.`, { cause });
}

/** What reading an answer threw: that it was stopped stays so, anything else is the answer's fault. */
export function answerFault(error: unknown, what: string): DioramaError {
  const isStop =
    isDioramaError(error) && (error.code === 'CANCELLED' || error.code === 'DEADLINE_EXCEEDED');
  return isStop ? error : unusableAnswer(what, error);
}
