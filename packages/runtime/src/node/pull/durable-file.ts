import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCodeOf } from './file-errors.ts';

/**
 * Makes a folder and those above it. Node's own recursive mkdir calls a read-only file system `ENOENT`, and never ends
 * where nothing can be made.
 */
export async function makeFolder(folder: string): Promise<void> {
  const make = () =>
    mkdir(folder).catch((error) => {
      if (systemCodeOf(error) !== 'EEXIST') throw error;
    });
  try {
    await make();
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await make();
  }
}

/** Writes a file beside its place, waits until the disk has it and renames it there. */
export async function writeWhole(path: string, part: string, text: string): Promise<void> {
  await rm(part, { force: true });
  const file = await open(part, 'wx');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, path);
  await syncFolder(dirname(path));
}

/** Waits until the disk has the names in a folder. Not every system can; then there is nothing to wait for. */
export async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP', 'EACCES'].includes(systemCodeOf(error) ?? '')) {
      throw error;
    }
  }
}

const READ_BYTES = 1 << 20;

/** The hash of a file as it lies on the disk. Aborting throws the signal's reason in an `AbortError`. */
export async function hashFile<Encoding extends 'hex' | 'base64'>(
  path: string,
  options: {
    readonly algorithm: 'sha256' | 'sha512';
    readonly encoding: Encoding;
    readonly signal?: AbortSignal | undefined;
    readonly onRead?: ((bytes: number) => void) | undefined;
  },
): Promise<{ readonly hash: string; readonly bytes: number }> {
  const hash = createHash(options.algorithm);
  let bytes = 0;
  const stream = createReadStream(path, {
    highWaterMark: READ_BYTES,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.byteLength;
    options.onRead?.(bytes);
  }
  return { hash: hash.digest(options.encoding), bytes };
}
