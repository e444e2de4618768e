import { DioramaError } from '@diorama/core';

/** The one refusal of what cannot be opened: it says nothing of why, which would help whoever changed it. */
export function sealInvalid(what: 'request' | 'answer', cause?: unknown): DioramaError {
  const line = `The sealed ${what} cannot be opened: it was changed on its way, is cut short, or is none.`;
  return new DioramaError('SEAL_INVALID', line, { cause });
}
