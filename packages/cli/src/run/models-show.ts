import type { CatalogueCard, ModelCard } from '@diorama/contract';
import { isDioramaError } from '@diorama/core';
import { findCatalogueCard, findModelCard, pullCommandOf } from '@diorama/runtime';
import type { ModelsFlags } from '../commands/models.ts';
import type { CommandContext } from '../context.ts';
import { asJson } from '../output/model-table.ts';
import { catalogueText, modelText } from '../output/model-text.ts';
import { write } from '../output/text.ts';
import { modelsFolderOf } from './models-place.ts';

/** Prints the card of a model that is here, else the one of the catalogue. */
export async function showModel(
  id: string,
  flags: ModelsFlags,
  context: CommandContext,
): Promise<number> {
  const card = await cardOf(id, modelsFolderOf(flags, context));
  await write(context.stdout, flags.json ? asJson(card) : textOf(card));
  return 0;
}

async function cardOf(id: string, folder: string): Promise<ModelCard | CatalogueCard> {
  try {
    return await findModelCard(id, folder);
  } catch (error) {
    if (isDioramaError(error) && error.code === 'MODEL_MISSING') return findCatalogueCard(id);
    throw error;
  }
}

function textOf(card: ModelCard | CatalogueCard): string {
  if ('sha256' in card) return modelText(card);
  const sources = card.sources.length > 0 ? card.sources : [undefined];
  return catalogueText(
    card,
    sources.map((source) => pullCommandOf(card, source)),
  );
}
