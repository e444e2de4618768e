import { type FileHandle, open } from 'node:fs/promises';
import { DioramaError } from '@diorama/core';
import { inputError } from './file-error.ts';

/**
 * A photo's bytes, read only after its size has passed the limit, so that no file is too large for memory.
 * @throws DioramaError `INPUT_NOT_FOUND`, `PHOTO_TOO_MANY_BYTES`
 */
export async function readPhotoBytes(
  path: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const { size } = await regularFile(file);
    if (size > maxBytes) throw tooManyBytes(size, maxBytes);
    // Not from the shared pool: the bytes are transferred to a worker.
    const bytes = new Uint8Array(size);
    let length = 0;
    while (length < size) {
      const { bytesRead } = await file.read(bytes, length, size - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return length === size ? bytes : bytes.slice(0, length);
  } catch (error) {
    throw inputError(error);
  } finally {
    await file?.close();
  }
}

/**
 * The first bytes of a file, fewer where it is shorter.
 * @throws DioramaError `INPUT_NOT_FOUND`
 */
export async function readHead(path: string, lengthBytes: number): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const head = new Uint8Array(lengthBytes);
    const { bytesRead } = await file.read(head, 0, lengthBytes, 0);
    return head.subarray(0, bytesRead);
  } catch (error) {
    throw inputError(error);
  } finally {
    await file?.close();
  }
}

async function regularFile(file: FileHandle): Promise<{ readonly size: number }> {
  const stats = await file.stat();
  if (stats.isFile()) return stats;
  throw new DioramaError('INPUT_NOT_FOUND', 'Is not a file');
}

const MEBI = 1024 * 1024;

/** The refusal of a file that is larger than is allowed, both in bytes. */
export function tooManyBytes(found: number, allowed: number): DioramaError {
  const [foundMb, allowedMb] = [found, allowed].map((bytes) => (bytes / MEBI).toFixed(1));
  return new DioramaError(
    'PHOTO_TOO_MANY_BYTES',
    `The file holds ${foundMb} MB; ${allowedMb} MB are allowed.`,
    { detail: { found, allowed } },
  );
}
