import type { ErrorCode } from '@diorama/core';

/** Why a view cannot be shown: a code of Diorama's one table, and one line for the person. */
export class ViewError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
