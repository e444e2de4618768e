import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelCard } from '@diorama/contract';
import { DioramaError, isDioramaError } from '@diorama/core';
import { parseModelCardText } from '../shared/model-card-text.ts';
import { modelFileName, STORED_CARD_FILE } from './models-folder.ts';
import { systemCodeOf } from './pull/file-errors.ts';

const MOST_CARD_BYTES = 1_000_000;
const MODEL_ID = /^[a-z0-9][a-z0-9.-]*$/;

/** A model in the models folder that cannot be used as it is. */
export interface DamagedModel {
  readonly id: string;
  readonly problem: DioramaError;
}

/**
 * The models in a models folder. A damaged one stands in no other's way.
 * @throws DioramaError `CONFIG_INVALID` when the folder cannot be read. One that is not there holds no models.
 */
export async function listStoredModels(
  folder: string,
): Promise<{ readonly cards: readonly ModelCard[]; readonly damaged: readonly DamagedModel[] }> {
  const cards: ModelCard[] = [];
  const damaged: DamagedModel[] = [];
  for (const id of await idsIn(folder)) {
    try {
      const card = await readStoredModel(folder, id);
      if (card) cards.push(card);
    } catch (error) {
      if (!isDioramaError(error)) throw error;
      damaged.push({ id, problem: error });
    }
  }
  return { cards, damaged };
}

async function idsIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => MODEL_ID.test(name)).sort();
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return [];
    throw new DioramaError('CONFIG_INVALID', 'The models folder cannot be read', { cause: error });
  }
}

/**
 * The card of a stored model whose file is there with its size, or undefined when no such model is stored.
 * @throws DioramaError `MODEL_CORRUPT`
 */
export async function readStoredModel(folder: string, id: string): Promise<ModelCard | undefined> {
  const card = await readStoredCard(folder, id);
  if (!card) return undefined;
  const file = await stat(storedFilePath(folder, card)).catch(() => undefined);
  if (file?.size === card.bytes) return card;
  throw damagedModel(
    id,
    file ? 'its file has not the size that its card says' : 'its file is gone',
  );
}

/**
 * The card alone, its file's path made absolute.
 * @throws DioramaError `MODEL_CORRUPT`
 */
export async function readStoredCard(folder: string, id: string): Promise<ModelCard | undefined> {
  if (!MODEL_ID.test(id)) return undefined;
  let card: ModelCard;
  try {
    const text = await readText(join(folder, id, STORED_CARD_FILE));
    if (text === undefined) return undefined;
    card = parseModelCardText(text, `"${id}"`);
  } catch (error) {
    throw damagedModel(id, 'its card cannot be read', error);
  }
  const [own, ...others] = card.sources;
  if (card.id !== id || own?.kind !== 'file' || own.path !== modelFileName(card.sha256)) {
    throw damagedModel(id, 'its card is about another file');
  }
  const path = storedFilePath(folder, card);
  return { ...card, sources: [{ kind: 'file', path }, ...others] };
}

export function storedFilePath(folder: string, { id, sha256 }: ModelCard): string {
  return join(folder, id, modelFileName(sha256));
}

async function readText(path: string): Promise<string | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      return size > MOST_CARD_BYTES ? '' : await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error) ?? '')) return undefined;
    throw error;
  }
}

function damagedModel(id: string, why: string, cause?: unknown): DioramaError {
  return new DioramaError(
    'MODEL_CORRUPT',
    `The stored model ${id} is damaged: ${why}. Pull or import it again, or: diorama models remove ${id}`,
    cause === undefined ? {} : { cause },
  );
}
