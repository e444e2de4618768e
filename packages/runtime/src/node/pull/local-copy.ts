import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { DioramaError } from '@diorama/core';
import { MOST_BYTES } from './download.ts';
import { demandRoom } from './file-errors.ts';
import { writeAt } from './part-file.ts';
import { corrupt } from './pull-trouble.ts';

const PIECE_BYTES = 1 << 20;

/**
 * Copies a file of this machine, hashing what is copied.
 * @throws DioramaError `INPUT_NOT_FOUND` when it cannot be read, `MODEL_CORRUPT` when it has another size than `bytes`,
 *   `OUTPUT_UNWRITABLE`; the signal's reason; the system's errors about the copy.
 */
export async function copyFile(job: {
  readonly from: string;
  readonly to: string;
  readonly folder: string;
  readonly bytes: number | undefined;
  readonly signal: AbortSignal;
  readonly onBytes: (copied: number, total: number) => void;
}): Promise<{ readonly bytes: number; readonly hash: string }> {
  const name = basename(job.from);
  const original = await openOriginal(job.from, name);
  try {
    const { size } = await original.stat();
    if (size > MOST_BYTES) throw corrupt(`${name} is larger than any model that is taken`);
    if (size === 0 || (job.bytes !== undefined && size !== job.bytes)) {
      throw corrupt(`${name} has ${size} bytes and not the ${job.bytes ?? ''} of the model`);
    }
    await demandRoom(job.folder, size);
    const copy = await open(job.to, 'w');
    try {
      const hash = createHash('sha256');
      let copied = 0;
      for (;;) {
        job.signal.throwIfAborted();
        const { bytesRead, buffer } = await original.read({ buffer: Buffer.alloc(PIECE_BYTES) });
        if (bytesRead === 0) break;
        const piece = buffer.subarray(0, bytesRead);
        hash.update(piece);
        await writeAt(copy, piece, copied);
        copied += bytesRead;
        job.onBytes(copied, size);
        if (copied > size) throw corrupt(`${name} grew while it was copied`);
      }
      await copy.sync();
      return { bytes: copied, hash: hash.digest('hex') };
    } finally {
      await copy.close();
    }
  } finally {
    await original.close();
  }
}

async function openOriginal(path: string, name: string): Promise<FileHandle> {
  try {
    // A pipe would be waited for; only files have a size to go by.
    if (!(await stat(path)).isFile()) throw new Error('not a file');
    return await open(path, 'r');
  } catch (error) {
    throw new DioramaError('INPUT_NOT_FOUND', `${name} is no file that can be read`, {
      cause: error,
    });
  }
}
