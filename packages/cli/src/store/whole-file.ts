import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { outputError } from '../input/file-error.ts';
import { writeDurably } from './durable-file.ts';
import { partName } from './part-names.ts';

/**
 * Writes one file, all or nothing; an older file of that name is replaced.
 * @throws DioramaError `OUTPUT_UNWRITABLE`, or what the signal says.
 */
export async function writeWholeFile(
  path: string,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  const part = join(dirname(path), partName(basename(path)));
  try {
    await rm(part, { force: true });
    await writeDurably(part, bytes);
    signal.throwIfAborted();
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined); // the failure before counts
    throw outputError(error, basename(path));
  }
}
