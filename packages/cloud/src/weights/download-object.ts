import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { systemCodeOf } from '@diorama/runtime';
import type { ObjectStore, StoredObject } from '../storage/open-object-store.ts';

/** One connection to Cloud Storage brings some 50 to 100 MB a second; machines with a GPU take several times that. */
const MOST_PARTS = 4;
/** Less is not worth a connection. */
const LEAST_PART_BYTES = 8 * 2 ** 20;

export interface ObjectDownload {
  /** Where it goes; nothing may be there. */
  readonly file: string;
  /** What it must be. */
  readonly card: Pick<ModelCard, 'id' | 'bytes' | 'sha256'>;
  readonly signal: AbortSignal;
}

/**
 * Fetches a model's file in parts side by side, each of which goes on where its connection was cut.
 * @throws DioramaError `MODEL_CORRUPT` when it has not the size or SHA-256 of its card, `OUTPUT_UNWRITABLE`, and what the
 * store throws
 */
export async function downloadObject(
  store: ObjectStore,
  object: StoredObject,
  { file, card, signal }: ObjectDownload,
): Promise<void> {
  if (object.bytes !== card.bytes) {
    throw corrupt(card, `it has ${object.bytes} bytes and not ${card.bytes}`);
  }
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const handle = await written(open(file, 'wx'));
  try {
    const parts = partsOf(object.bytes);
    await Promise.all(
      parts.map(async (part) => {
        try {
          await fetchPart(store, object, part, handle, either);
        } catch (error) {
          failed.abort(error);
          throw error;
        }
      }),
    );
  } finally {
    await handle.close();
  }
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file, { signal })) hash.update(piece as Buffer); // no encoding is set
  const seen = hash.digest('hex');
  if (seen !== card.sha256) throw corrupt(card, `its SHA-256 is ${seen} and not ${card.sha256}`);
}

interface Part {
  readonly fromByte: number;
  readonly toByte: number;
}

function partsOf(bytes: number): Part[] {
  const count = Math.max(1, Math.min(MOST_PARTS, Math.floor(bytes / LEAST_PART_BYTES)));
  return Array.from({ length: count }, (_, n) => ({
    fromByte: Math.floor((bytes * n) / count),
    toByte: Math.floor((bytes * (n + 1)) / count),
  }));
}

async function fetchPart(
  store: ObjectStore,
  object: StoredObject,
  part: Part,
  handle: FileHandle,
  signal: AbortSignal,
): Promise<void> {
  let at = part.fromByte;
  for await (const piece of store.read(object, part, signal)) {
    // The system may take fewer bytes at a time.
    for (let done = 0; done < piece.length; ) {
      const { bytesWritten } = await written(
        handle.write(piece, done, piece.length - done, at + done),
      );
      done += bytesWritten;
    }
    at += piece.length;
  }
}

async function written<T>(writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (cause) {
    const line = `The weights cannot be written into the folder for temporary files (${systemCodeOf(cause)}).`;
    throw new DioramaError('OUTPUT_UNWRITABLE', line, { cause });
  }
}

function corrupt({ id }: Pick<ModelCard, 'id'>, why: string): DioramaError {
  return new DioramaError('MODEL_CORRUPT', `The file of ${id} is not the one of its card: ${why}.`);
}
