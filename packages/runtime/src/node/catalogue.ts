import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CatalogueCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { parseCatalogueCardText } from '../shared/model-card-text.ts';

const CATALOGUE_FOLDER = fileURLToPath(new URL('../../models/catalogue/', import.meta.url));
const CARD_ENDING = '.card.json';

/**
 * The cards of every model that Diorama knows how to fetch, by id.
 * @throws DioramaError `CONFIG_INVALID` when one of them is not valid.
 */
export async function listCatalogue(): Promise<readonly CatalogueCard[]> {
  const names = (await readdir(CATALOGUE_FOLDER)).filter((name) => name.endsWith(CARD_ENDING));
  return Promise.all(
    names.sort().map(async (name) => {
      const text = await readFile(resolve(CATALOGUE_FOLDER, name), 'utf8');
      return parseCatalogueCardText(text, name);
    }),
  );
}

/**
 * The card of one model that can be fetched.
 * @throws DioramaError `MODEL_UNKNOWN` with the known ids in its message, `CONFIG_INVALID`
 */
export async function findCatalogueCard(id: string): Promise<CatalogueCard> {
  const cards = await listCatalogue();
  const card = cards.find((candidate) => candidate.id === id);
  if (card) return card;
  const known = cards.map((candidate) => candidate.id).join(', ');
  throw new DioramaError(
    'MODEL_UNKNOWN',
    `There is no model ${id} in the catalogue; it has: ${known}.`,
  );
}
