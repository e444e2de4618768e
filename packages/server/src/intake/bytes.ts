import type { Readable } from 'node:stream';
import { DioramaError } from '@diorama/core';

/** The refusal of a photo that is larger than the server takes. */
export function tooManyBytes(maxBytes: number): DioramaError {
  const megabytes = (maxBytes / 2 ** 20).toFixed(1);
  return new DioramaError(
    'PHOTO_TOO_MANY_BYTES',
    `The photo is larger than the ${megabytes} MB that this server takes.`,
    { detail: { allowed: maxBytes } },
  );
}

/**
 * Everything that a stream brings, as one array that owns its memory: the engine may hand it to another
 * thread, which a slice of Node's shared pool could not survive.
 * What comes after the bound is read and dropped, so that the sender gets to read the answer.
 * @throws DioramaError `PHOTO_TOO_MANY_BYTES` as soon as the bound is passed, `CANCELLED` when the stream breaks off
 */
export function collectBytes(source: Readable, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const stop = () => {
      source.off('data', take).off('end', end).off('error', fail).off('close', fail);
    };
    const take = (chunk: Uint8Array) => {
      length += chunk.length;
      if (length <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      stop();
      source.resume();
      reject(tooManyBytes(maxBytes));
    };
    const end = () => {
      stop();
      resolve(joinChunks(chunks, length));
    };
    const fail = (cause?: unknown) => {
      stop();
      reject(new DioramaError('CANCELLED', 'The upload broke off.', { cause }));
    };
    source.on('data', take).on('end', end).on('error', fail).on('close', fail);
  });
}

function joinChunks(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
