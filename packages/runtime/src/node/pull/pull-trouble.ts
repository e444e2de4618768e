import { DioramaError } from '@diorama/core';

/** A failure after which the same request may succeed, soon. Never leaves the downloader. */
export class PassingTrouble extends Error {
  override readonly name = 'PassingTrouble';
  /** How long the server wants to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { retryAfterMs?: number | undefined; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }
}

export function unavailable(message: string, cause?: unknown): DioramaError {
  return new DioramaError('SOURCE_UNAVAILABLE', message, cause === undefined ? {} : { cause });
}

export function corrupt(message: string, cause?: unknown): DioramaError {
  return new DioramaError('MODEL_CORRUPT', message, cause === undefined ? {} : { cause });
}
