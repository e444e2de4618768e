import {
  DEFAULT_MODEL_ID,
  listCatalogue,
  listEmbeddedCards,
  listStoredModels,
  pullCommandOf,
} from '@diorama/runtime';
import type { ModelsFlags } from '../commands/models.ts';
import type { CommandContext } from '../context.ts';
import { asJson, type ListedModel, modelTable } from '../output/model-table.ts';
import { write } from '../output/text.ts';
import { modelsFolderOf } from './models-place.ts';

/** Prints every model that is here or can be fetched. */
export async function listModels(flags: ModelsFlags, context: CommandContext): Promise<number> {
  const models = await modelsOf(modelsFolderOf(flags, context));
  const text = flags.json ? asJson(models) : modelTable(models, DEFAULT_MODEL_ID);
  await write(context.stdout, text);
  return 0;
}

async function modelsOf(folder: string): Promise<readonly ListedModel[]> {
  const embedded = await listEmbeddedCards();
  const { cards, damaged } = await listStoredModels(folder);
  const here: readonly ListedModel[] = [
    ...embedded.map((card) => ({
      id: card.id,
      state: 'embedded' as const,
      licence: card.licence,
      card,
    })),
    ...cards.map((card) => ({
      id: card.id,
      state: 'stored' as const,
      licence: card.licence,
      card,
    })),
    ...damaged.map(({ id, problem }) => ({
      id,
      state: 'damaged' as const,
      problem: problem.message,
    })),
  ];
  const ids = new Set(here.map(({ id }) => id));
  const others = (await listCatalogue()).filter(({ id }) => !ids.has(id));
  return [
    ...here,
    ...others.map((card) => ({
      id: card.id,
      state: card.sources.length > 0 ? ('available' as const) : ('to-make' as const),
      licence: card.sources[0]?.licence ?? card.licence,
      pull: pullCommandOf(card),
      card,
    })),
  ];
}
