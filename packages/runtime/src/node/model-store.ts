import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type CatalogueCard,
  type ModelCard,
  type ModelLicence,
  needsAcceptance,
} from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { parseModelCardText } from '../shared/model-card-text.ts';
import { listCatalogue } from './catalogue.ts';
import { MODELS_FOLDER } from './model-file.ts';
import { defaultModelsFolder } from './models-folder.ts';
import { pullCommand } from './pull/pull-command.ts';
import { listStoredModels, readStoredModel } from './stored-models.ts';

const EMBEDDED_FOLDER = resolve(MODELS_FOLDER, 'embedded');
const CARD_ENDING = '.card.json';

/** The model that is used when nobody names one. */
export const DEFAULT_MODEL_ID = 'diorama-s';

/**
 * The cards of every model that comes with Diorama, by id.
 * @throws DioramaError `CONFIG_INVALID` when one of them is not valid.
 */
export async function listEmbeddedCards(): Promise<readonly ModelCard[]> {
  const names = (await readdir(EMBEDDED_FOLDER)).filter((name) => name.endsWith(CARD_ENDING));
  return Promise.all(
    names.sort().map(async (name) => {
      const text = await readFile(resolve(EMBEDDED_FOLDER, name), 'utf8');
      return parseModelCardText(text, name);
    }),
  );
}

/**
 * The cards of every model that can be used now: those that come with Diorama, then those that were pulled into the
 * folder and are not damaged.
 * @throws DioramaError `CONFIG_INVALID` when an embedded card is not valid or the folder cannot be read.
 */
export async function listModelCards(
  folder = defaultModelsFolder(),
): Promise<readonly ModelCard[]> {
  const embedded = await listEmbeddedCards();
  const { cards } = await listStoredModels(folder);
  const taken = new Set(embedded.map(({ id }) => id));
  return [...embedded, ...cards.filter(({ id }) => !taken.has(id))];
}

/**
 * The card of one model that can be used now.
 * @throws DioramaError `MODEL_MISSING` with the command that pulls it when it can be fetched, `MODEL_CORRUPT` when it
 *   was pulled and is damaged, `MODEL_UNKNOWN` with the known ids, `CONFIG_INVALID`
 */
export async function findModelCard(
  id: string,
  folder = defaultModelsFolder(),
): Promise<ModelCard> {
  const embedded = await listEmbeddedCards();
  const card =
    embedded.find((candidate) => candidate.id === id) ?? (await readStoredModel(folder, id));
  if (card) return card;
  const catalogue = await listCatalogue();
  const fetchable = catalogue.find((candidate) => candidate.id === id);
  if (fetchable) throw missingModel(fetchable);
  const here = await listModelCards(folder);
  const known = [...new Set([...here, ...catalogue].map((candidate) => candidate.id))];
  throw new DioramaError('MODEL_UNKNOWN', `There is no model ${id}; known: ${known.join(', ')}.`);
}

/** The command that pulls a model from one of its sources, the first when none is named. */
export function pullCommandOf(card: CatalogueCard, source = card.sources[0]): string {
  if (!source) return pullCommand(card.id, { file: 'FILE' }, licenceToAccept(card.licence));
  const isFirst = card.sources.find(({ kind }) => kind === source.kind) === card.sources[0];
  return pullCommand(
    card.id,
    isFirst ? {} : { from: source.kind },
    licenceToAccept(source.licence ?? card.licence),
  );
}

function licenceToAccept(licence: ModelLicence): string | undefined {
  return needsAcceptance(licence) ? licence.spdx : undefined;
}

function missingModel(card: CatalogueCard): DioramaError {
  const how =
    card.sources.length > 0
      ? 'To fetch it'
      : `Nobody publishes its file; "diorama models show ${card.id}" says how to make it. Then`;
  return new DioramaError(
    'MODEL_MISSING',
    `The file of model ${card.id} is not here. ${how}: ${pullCommandOf(card)}`,
  );
}
