import type { ModelCard } from '@diorama/contract';
import { DioramaError, isDioramaError } from '@diorama/core';
import { DEFAULT_MODEL_ID, findModelCard, findPublishedCard } from '@diorama/runtime';

/**
 * The card of a model that answers elsewhere, as far as this machine knows it; its file need not be here. Undefined where
 * the predictor must be asked.
 * @throws DioramaError `MODEL_CORRUPT`, `CONFIG_INVALID`
 */
export async function findKnownCard(
  id: string = DEFAULT_MODEL_ID,
  modelsFolder?: string,
): Promise<ModelCard | undefined> {
  return unlessElsewhere(() => findModelCard(id, modelsFolder)).then(
    (card) => card ?? unlessElsewhere(() => findPublishedCard(id)),
  );
}

/** Holds what a predictor says of itself against the model that its address names. @throws DioramaError `CONFIG_INVALID` */
export function checkDescribed(card: ModelCard, id: string | undefined, name: string): ModelCard {
  if (id === undefined || card.id === id) return card;
  const line = `Predictor ${name} runs ${card.id}, and not ${id} as its address says.`;
  throw new DioramaError('CONFIG_INVALID', line);
}

/** A model that is not here may be there. */
async function unlessElsewhere<T>(find: () => Promise<T>): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    const isElsewhere =
      isDioramaError(error) && (error.code === 'MODEL_MISSING' || error.code === 'MODEL_UNKNOWN');
    if (isElsewhere) return undefined;
    throw error;
  }
}
