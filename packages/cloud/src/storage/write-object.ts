import { pipeline } from 'node:stream/promises';
import { errorOfAbort } from '@diorama/runtime';
import type { File } from '@google-cloud/storage';
import { storageFailure } from './storage-failure.ts';
import { noAnswer } from './while-wanted.ts';

export interface WriteOptions {
  readonly contentType: string;
  /** The writing that is replaced; 0 where there is none. With it the library may try again, and two writers do not mix. */
  readonly ifGenerationMatch: number | string;
  /** An upload that takes no more for so long is given up. */
  readonly stallMs: number;
}

/** A multiple of 256 KiB; it is what is sent again after a cut, so that it is held in memory. */
const PIECE_BYTES = 8 * 1024 * 1024;

/**
 * Writes an object, all or nothing. Its source may take as long as it wants over a piece; the upload may not.
 * @throws DioramaError as `storageFailure`, and what the signal says
 */
export async function writeObject(
  file: File,
  pieces: AsyncIterable<Uint8Array>,
  { contentType, ifGenerationMatch, stallMs }: WriteOptions,
  signal: AbortSignal,
): Promise<void> {
  const upload = file.createWriteStream({
    resumable: true,
    chunkSize: PIECE_BYTES,
    contentType,
    preconditionOpts: { ifGenerationMatch },
  });
  let timer: NodeJS.Timeout | undefined;
  const expect = () => {
    timer = setTimeout(() => upload.destroy(noAnswer()), stallMs);
  };
  async function* watched(): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      expect();
      yield piece;
      clearTimeout(timer);
    }
    expect();
  }
  try {
    await pipeline(watched, upload, { signal });
  } catch (error) {
    throw signal.aborted ? errorOfAbort(signal) : storageFailure(error);
  } finally {
    clearTimeout(timer);
  }
}
