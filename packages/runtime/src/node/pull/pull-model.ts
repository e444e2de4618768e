import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type CatalogueCard, type ModelCard, needsAcceptance } from '@diorama/contract';
import { DioramaError, isDioramaError } from '@diorama/core';
import { errorOfAbort } from '../../shared/abort-error.ts';
import { listEmbeddedCards } from '../model-store.ts';
import {
  defaultModelsFolder,
  modelFileName,
  PART_START,
  STORED_CARD_FILE,
} from '../models-folder.ts';
import { readStoredCard, storedFilePath } from '../stored-models.ts';
import {
  type ChosenSource,
  chooseSource,
  demandAcceptance,
  storedCardOf,
} from './chosen-source.ts';
import { hashFile, syncFolder, writeWhole } from './durable-file.ts';
import { type FetchedFile, fetchModel } from './fetch-model.ts';
import { asWriteError } from './file-errors.ts';
import { removeParts, waitedFor } from './parts.ts';
import { pullCommand } from './pull-command.ts';
import { PullLock } from './pull-lock.ts';
import { PULL_TIMES, type Pulled, type PullOptions } from './pull-options.ts';
import { unavailable } from './pull-trouble.ts';

/**
 * Fetches a model into the models folder, checked and described by its own card. One that is there already, whole and
 * from this source, is left alone. Of several processes that pull the same model one does, and the others wait.
 * @throws DioramaError `LICENCE_NOT_ACCEPTED` before anything is fetched; `SOURCE_UNAVAILABLE`, with what arrived kept;
 *   `MODEL_CORRUPT` when what arrived is not the model; `OUTPUT_UNWRITABLE`; `MODEL_MISSING` when nobody publishes a
 *   file; `REQUEST_INVALID`, `CONFIG_INVALID`, `INPUT_NOT_FOUND`; `DEADLINE_EXCEEDED` when another process takes too
 *   long; `CANCELLED`.
 */
export async function pullModel(card: CatalogueCard, options: PullOptions = {}): Promise<Pulled> {
  const signal = options.signal ?? new AbortController().signal;
  try {
    signal.throwIfAborted();
    const embedded = await listEmbeddedCards();
    if (embedded.some(({ id }) => id === card.id)) {
      throw new DioramaError('REQUEST_INVALID', `Model ${card.id} comes with Diorama already`);
    }
    return await pull(chooseSource(card, options), options, signal);
  } catch (error) {
    if (signal.aborted) throw errorOfAbort(signal);
    throw asWriteError(error, card.id);
  }
}

async function pull(
  chosen: ChosenSource,
  options: PullOptions,
  signal: AbortSignal,
): Promise<Pulled> {
  const { pinned } = chosen;
  const folder = options.folder ?? defaultModelsFolder();
  const own = join(folder, chosen.card.id);
  const before = await intactCard(folder, chosen, signal);
  const hasAccepted = before?.acceptedLicence === chosen.licence.spdx;
  if (!hasAccepted) demandAcceptance(chosen, options);
  const accepted = hasAccepted || options.accept?.includes(chosen.licence.spdx);
  const describe = (file: { readonly bytes: number; readonly sha256: string }) =>
    storedCardOf(chosen, file, accepted ? chosen.licence.spdx : undefined);
  // A folder that cannot be written serves too, when all is there.
  if (before && isSameCard(before, describe(before)))
    return { card: before, wasThere: true, pinned };

  const times = { ...PULL_TIMES, ...options.times };
  const lock = await PullLock.acquire(own, {
    signal,
    waitMs: times.waitMs,
    onWait: async () => options.onProgress?.({ phase: 'wait', ...(await waitedFor(own)) }),
  });
  try {
    if (lock.isUsurped) await removeParts(own);
    const there = await intactCard(folder, chosen, signal);
    if (there) await writeCard(own, describe(there));
    else {
      const sha256 = chosen.sha256 ?? (await firstSeen(folder, chosen))?.sha256;
      const job = { chosen, options, folder: own, sha256, times, signal };
      const file = await fetchModel(job).catch((error) => {
        throw withOtherSource(error, chosen, options);
      });
      if (!(await lock.isHeld())) throw unavailable('Another process took this model over');
      await putInPlace(own, file, describe(file));
    }
    const card = await readStoredCard(folder, chosen.card.id);
    if (!card) throw new DioramaError('INTERNAL', 'A model that was just pulled is gone');
    return { card, wasThere: there !== undefined, pinned };
  } finally {
    await lock.release();
  }
}

/** A source that is out of reach need not be the only one. */
function withOtherSource(error: unknown, chosen: ChosenSource, options: PullOptions): unknown {
  const isGone = isDioramaError(error) && error.code === 'SOURCE_UNAVAILABLE';
  if (!isGone || options.mirror !== undefined || options.file !== undefined) return error;
  const other = chosen.card.sources.find(({ kind }) => kind !== chosen.source?.kind);
  if (!other) return error;
  const licence = other.licence ?? chosen.card.licence;
  const command = pullCommand(
    options.named ?? chosen.card.id,
    { from: other.kind },
    needsAcceptance(licence) ? licence.spdx : undefined,
  );
  return unavailable(`${error.message}. Its other source: ${command}`, error);
}

/** The stored card of the very file that is wanted, when that file is there and whole. */
async function intactCard(
  folder: string,
  chosen: ChosenSource,
  signal: AbortSignal,
): Promise<ModelCard | undefined> {
  const card = await firstSeen(folder, chosen);
  if (!card) return undefined;
  try {
    const options = { algorithm: 'sha256', encoding: 'hex', signal } as const;
    const { hash } = await hashFile(storedFilePath(folder, card), options);
    return hash === card.sha256 ? card : undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && 'syscall' in error) return undefined;
    throw error;
  }
}

/**
 * The stored card of the file that is wanted: the one with the known hash, or where none is known, the one that came
 * from there the first time. A damaged card is as good as none.
 */
async function firstSeen(folder: string, chosen: ChosenSource): Promise<ModelCard | undefined> {
  const { card, origin, sha256 } = chosen;
  try {
    const stored = await readStoredCard(folder, card.id);
    if (!stored) return undefined;
    const isMeant = sha256 === undefined ? isFrom(stored, origin) : stored.sha256 === sha256;
    return isMeant ? stored : undefined;
  } catch (error) {
    if (isDioramaError(error)) return undefined;
    throw error;
  }
}

function isFrom({ sources: [, before] }: ModelCard, now: ChosenSource['origin']): boolean {
  if (!before || !now) return !before && !now;
  return Object.entries(before).every(
    ([key, value]) => now[key as keyof typeof now] === value, // both hold plain strings
  );
}

function isSameCard(stored: ModelCard, described: ModelCard): boolean {
  const withoutPlace = ({ sources, ...rest }: ModelCard) => ({ ...rest, from: sources.slice(1) });
  return isDeepStrictEqual(withoutPlace(stored), withoutPlace(described));
}

/** The card last: a model is there when its card is. */
async function putInPlace(own: string, file: FetchedFile, card: ModelCard): Promise<void> {
  const name = modelFileName(file.sha256);
  await rename(file.part.path, join(own, name));
  await syncFolder(own);
  await writeCard(own, card);
  const others = (await readdir(own)).filter((entry) => /^[0-9a-f]{64}\.onnx$/.test(entry));
  for (const other of others) {
    if (other !== name) await rm(join(own, other), { force: true });
  }
  await removeParts(own);
}

function writeCard(own: string, card: ModelCard): Promise<void> {
  const text = `${JSON.stringify(card, null, 2)}\n`;
  return writeWhole(join(own, STORED_CARD_FILE), join(own, `${PART_START}card`), text);
}
