import type { ModelCard, ModelTask } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { DEFAULT_MODEL_ID, findModelCard } from '@diorama/runtime';
import { assignTasks } from './networks.ts';

/** The id of a model that is here, or a card of one's own. */
export type ModelChoice = string | ModelCard;

const ALL_TASKS: readonly ModelTask[] = ['depth', 'matte'];

/**
 * The cards of the models that answer a photo between them: those that are named, and the embedded one for what they
 * leave of `tasks`, which is depth and matte by default.
 * @throws DioramaError `MODEL_UNKNOWN`, `MODEL_MISSING`, `REQUEST_INVALID` for a model that others leave nothing to do
 */
export async function chooseModels(
  choice: ModelChoice | readonly ModelChoice[] | undefined,
  modelsFolder?: string,
  tasks: readonly ModelTask[] = ALL_TASKS,
): Promise<readonly ModelCard[]> {
  const named = await findCards([choice ?? []].flat(), modelsFolder);
  const isAnswered = tasks.every((task) => named.some((card) => card.tasks.includes(task)));
  const cards = isAnswered ? named : [...named, await findModelCard(DEFAULT_MODEL_ID)];
  const busy = assignTasks(
    cards.map((card) => ({ card })),
    tasks,
  ).map(({ network }) => network.card);
  const idle = named.find((card) => !busy.includes(card));
  if (!idle) return cards;
  throw new DioramaError(
    'REQUEST_INVALID',
    `Model ${idle.id} is left without a task: ${idle.tasks.join(' and ')} come from a model named before it.`,
  );
}

/**
 * The cards of models that are to be open besides those `chosen`; what is chosen already, or named twice, counts once.
 * @throws DioramaError `MODEL_UNKNOWN`, `MODEL_MISSING`
 */
export async function chooseExtraModels(
  chosen: readonly ModelCard[],
  extra: readonly ModelChoice[],
  modelsFolder?: string,
): Promise<readonly ModelCard[]> {
  const ids = new Set(chosen.map(({ id }) => id));
  const cards = await findCards(extra, modelsFolder);
  return cards.filter(({ id }) => {
    const isNew = !ids.has(id);
    ids.add(id);
    return isNew;
  });
}

function findCards(
  models: readonly ModelChoice[],
  modelsFolder: string | undefined,
): Promise<ModelCard[]> {
  return Promise.all(
    models.map((model) => (typeof model === 'string' ? findModelCard(model, modelsFolder) : model)),
  );
}
