import type { Readable } from 'node:stream';
import { DioramaError } from '@diorama/core';
import { GrowingBytes } from './growing-bytes.ts';

/** The refusal of a photo, or of what is said, that is larger than the server takes. */
export function tooManyBytes(maxBytes: number, what = 'photo'): DioramaError {
  const megabytes = (maxBytes / 2 ** 20).toFixed(1);
  return new DioramaError(
    'PHOTO_TOO_MANY_BYTES',
    `The ${what} is larger than the ${megabytes} MB that this server takes.`,
    { detail: { allowed: maxBytes } },
  );
}

export interface CollectOptions {
  /** The most that will come, where the sender said so; `maxBytes` if absent. */
  readonly expectedBytes?: number | undefined;
  /** Ends the collecting with its reason. */
  readonly signal?: AbortSignal;
  /** What a refusal calls it; a photo if absent. */
  readonly what?: string;
}

/**
 * Everything that a stream brings, as one array, written where it belongs piece by piece. What comes after the bound, or
 * after the signal, is read and dropped, so that the sender gets to read the answer.
 * @throws DioramaError `PHOTO_TOO_MANY_BYTES` as soon as the bound is passed, `CANCELLED` when the stream breaks off, and
 * the signal's reason
 */
export function collectBytes(
  source: Readable,
  maxBytes: number,
  { expectedBytes = maxBytes, signal, what }: CollectOptions = {},
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const collected = new GrowingBytes(Math.min(expectedBytes, maxBytes));
    const stop = () => {
      source.off('data', take).off('end', end).off('error', fail).off('close', fail);
      signal?.removeEventListener('abort', abort);
    };
    const refuse = (reason: unknown) => {
      stop();
      source.resume();
      reject(reason);
    };
    const take = (chunk: Uint8Array) => {
      if (collected.length + chunk.length > maxBytes) refuse(tooManyBytes(maxBytes, what));
      else collected.add(chunk);
    };
    const end = () => {
      stop();
      resolve(collected.toBytes());
    };
    const fail = (cause?: unknown) => {
      stop();
      reject(new DioramaError('CANCELLED', 'The upload broke off.', { cause }));
    };
    const abort = () => refuse(signal?.reason);
    if (signal?.aborted) {
      abort();
      return;
    }
    signal?.addEventListener('abort', abort, { once: true });
    source.on('data', take).on('end', end).on('error', fail).on('close', fail);
  });
}
