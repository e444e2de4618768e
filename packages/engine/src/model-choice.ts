import type { ModelCard, ModelTask } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { DEFAULT_MODEL_ID, findModelCard } from '@diorama/runtime';
import { assignTasks } from './networks.ts';

/** The id of a model that is here, or a card of one's own. */
export type ModelChoice = string | ModelCard;

const TASKS: readonly ModelTask[] = ['depth', 'matte'];

/**
 * The cards of the models that answer a photo between them: those that are named, and the embedded one for what they
 * leave.
 * @throws DioramaError `MODEL_UNKNOWN`, `MODEL_MISSING`, `REQUEST_INVALID` for a model that others leave nothing to do
 */
export async function chooseModels(
  choice: ModelChoice | readonly ModelChoice[] | undefined,
  modelsFolder?: string,
): Promise<readonly ModelCard[]> {
  const named = await Promise.all(
    [choice ?? []]
      .flat()
      .map((model) => (typeof model === 'string' ? findModelCard(model, modelsFolder) : model)),
  );
  const isAnswered = TASKS.every((task) => named.some((card) => card.tasks.includes(task)));
  const cards = isAnswered ? named : [...named, await findModelCard(DEFAULT_MODEL_ID)];
  const busy = assignTasks(
    cards.map((card) => ({ card })),
    TASKS,
  ).map(({ network }) => network.card);
  const idle = named.find((card) => !busy.includes(card));
  if (!idle) return cards;
  throw new DioramaError(
    'REQUEST_INVALID',
    `Model ${idle.id} is left without a task: ${idle.tasks.join(' and ')} come from a model named before it.`,
  );
}
