import { DioramaError } from '@diorama/core';

/** The refusal of a body that cannot be read, `REQUEST_INVALID`. */
export function invalidBody(line: string, cause?: unknown): DioramaError {
  return new DioramaError('REQUEST_INVALID', line, { cause });
}
