import { setTimeout as wait } from 'node:timers/promises';
import { DioramaError } from '@diorama/core';
import { errorOfAbort } from '@diorama/runtime';
import type { File } from '@google-cloud/storage';
import { isPassing, storageFailure } from './storage-failure.ts';
import { noAnswer } from './while-wanted.ts';

/** Which bytes of an object; all of them by default. */
export interface ByteRange {
  readonly fromByte: number;
  /** The first byte that is not wanted any more. */
  readonly toByte: number;
}

export interface ReadTimes {
  /** A connection that gives nothing for so long is given up, and the rest is asked for anew. */
  readonly idleMs: number;
  /** Before the first of the tries after one that gave nothing; twice as long before each next. */
  readonly pauseMs: number;
}

const MOST_BARREN_TRIES = 5;

/**
 * The bytes of an object, piece by piece. After a connection that ended too early it goes on where that one stopped: the
 * library's own streams wait for ever then.
 * @throws DioramaError as `storageFailure`; `CANCELLED`, `DEADLINE_EXCEEDED`
 */
export async function* readObject(
  file: File,
  { fromByte, toByte }: ByteRange,
  { idleMs, pauseMs }: ReadTimes,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let at = fromByte;
  let barren = 0;
  while (at < toByte) {
    const before = at;
    try {
      for await (const piece of readOnce(file, at, toByte, idleMs, signal)) {
        at += piece.length;
        yield piece;
      }
      if (at < toByte) throw new DioramaError('SOURCE_UNAVAILABLE', 'The object ended too early');
    } catch (error) {
      if (signal.aborted) throw errorOfAbort(signal);
      barren = at > before ? 0 : barren + 1;
      if (barren >= MOST_BARREN_TRIES || !mayPass(error)) throw storageFailure(error);
      await wait(pauseMs * 2 ** barren, undefined, { signal }).catch(() => undefined); // said above, next time round
    }
  }
}

function mayPass(error: unknown): boolean {
  return isPassing(error) || (error instanceof DioramaError && error.code === 'SOURCE_UNAVAILABLE');
}

async function* readOnce(
  file: File,
  fromByte: number,
  toByte: number,
  idleMs: number,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  // Sums can only be checked for whole objects; a range is asked for as it is stored.
  const stream = file.createReadStream({
    start: fromByte,
    end: toByte - 1,
    decompress: false,
    validation: false,
  });
  const giveUp = () => stream.destroy(errorOfAbort(signal));
  const expect = () =>
    setTimeout(() => {
      stream.destroy(noAnswer());
    }, idleMs);
  let idle = expect();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    if (signal.aborted) giveUp();
    for await (const piece of stream) {
      clearTimeout(idle);
      yield piece as Buffer; // the stream has no encoding
      idle = expect();
    }
  } finally {
    clearTimeout(idle);
    signal.removeEventListener('abort', giveUp);
    stream.destroy();
  }
}
