import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { parseModelCardText } from '../shared/model-card-text.ts';

const MODELS_FOLDER = fileURLToPath(new URL('../../models/', import.meta.url));
const EMBEDDED_FOLDER = resolve(MODELS_FOLDER, 'embedded');
const CARD_ENDING = '.card.json';

/** The model that is used when nobody names one. */
export const DEFAULT_MODEL_ID = 'diorama-s';

/**
 * The cards of every model that comes with Diorama, by id.
 * @throws DioramaError `CONFIG_INVALID` when one of them is not valid.
 */
export async function listModelCards(): Promise<readonly ModelCard[]> {
  const names = (await readdir(EMBEDDED_FOLDER)).filter((name) => name.endsWith(CARD_ENDING));
  const cards = await Promise.all(
    names.sort().map(async (name) => {
      const text = await readFile(resolve(EMBEDDED_FOLDER, name), 'utf8');
      return parseModelCardText(text, name);
    }),
  );
  return cards;
}

/**
 * The card of one model.
 * @throws DioramaError `MODEL_UNKNOWN` with the known ids in its message, `CONFIG_INVALID`
 */
export async function findModelCard(id: string): Promise<ModelCard> {
  const cards = await listModelCards();
  const card = cards.find((candidate) => candidate.id === id);
  if (card) return card;
  const known = cards.map((candidate) => candidate.id).join(', ');
  throw new DioramaError('MODEL_UNKNOWN', `There is no model ${id}; known: ${known}.`);
}

/**
 * The bytes of a model from the first of its sources that is there, checked against its card.
 * @throws DioramaError `MODEL_CORRUPT` when no source is there, or the first that is does not match the card.
 */
export async function loadModelFile(card: ModelCard): Promise<Uint8Array> {
  const places: string[] = [];
  for (const source of card.sources) {
    if (source.kind !== 'embedded' && source.kind !== 'file') continue;
    places.push(source.path);
    const folder = source.kind === 'embedded' ? MODELS_FOLDER : '';
    const bytes = await readIfThere(resolve(folder, source.path), card);
    if (!bytes) continue;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 === card.sha256 && bytes.byteLength === card.bytes) return bytes;
    throw new DioramaError(
      'MODEL_CORRUPT',
      `The file of model ${card.id} at ${source.path} is not the one that its card names: ` +
        'it is damaged, or the card is out of date.',
      {
        detail: { bytes: bytes.byteLength, cardBytes: card.bytes, sha256, cardSha256: card.sha256 },
      },
    );
  }
  throw new DioramaError('MODEL_CORRUPT', `Model ${card.id} has no file at ${places.join(', ')}.`);
}

async function readIfThere(path: string, card: ModelCard): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new DioramaError('MODEL_CORRUPT', `The file of model ${card.id} cannot be read.`, {
      cause: error,
    });
  }
}
