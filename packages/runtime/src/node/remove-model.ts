import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DioramaError } from '@diorama/core';
import { findModelCard, listEmbeddedCards } from './model-store.ts';
import { defaultModelsFolder, STORED_CARD_FILE } from './models-folder.ts';
import { syncFolder } from './pull/durable-file.ts';
import { asWriteError } from './pull/file-errors.ts';
import { removeParts } from './pull/parts.ts';
import { PullLock } from './pull/pull-lock.ts';

/** A pull that has just ended is waited for; one that runs is not. */
const WAIT_MS = 8000;

/**
 * Removes a pulled model, also a damaged one, and what interrupted pulls of it left.
 * @throws DioramaError `REQUEST_INVALID` when it comes with Diorama, `MODEL_MISSING` or `MODEL_UNKNOWN` when it is not
 *   here, `DEADLINE_EXCEEDED` when it is being pulled, `OUTPUT_UNWRITABLE`
 */
export async function removeModel(id: string, folder = defaultModelsFolder()): Promise<void> {
  if ((await listEmbeddedCards()).some((card) => card.id === id)) {
    throw new DioramaError('REQUEST_INVALID', `Model ${id} comes with Diorama and stays`);
  }
  const names = /^[a-z0-9][a-z0-9.-]*$/.test(id) ? await namesIn(join(folder, id)) : [];
  if (names.length === 0) await findModelCard(id, folder);
  const own = join(folder, id);
  try {
    const signal = new AbortController().signal;
    const lock = await PullLock.acquire(own, { signal, waitMs: WAIT_MS });
    try {
      // The card first: what has none is no model.
      await rm(join(own, STORED_CARD_FILE), { force: true });
      await syncFolder(own);
      await removeParts(own);
      const files = (await readdir(own)).filter((name) => /^[0-9a-f]{64}\.onnx$/.test(name));
      for (const name of files) await rm(join(own, name), { force: true });
    } finally {
      await lock.release();
    }
    // A person's own files stay, and the folder with them.
    await rmdir(own).catch(() => undefined);
  } catch (error) {
    throw asWriteError(error, `model ${id}`);
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
