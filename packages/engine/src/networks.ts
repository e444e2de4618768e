import type { ModelCard, ModelTask } from '@diorama/contract';
import { DioramaError } from '@diorama/core';

/** A network that takes part in the way of a photo, or whoever speaks for it. */
export interface Carded {
  readonly card: ModelCard;
}

/** What one network is asked for. */
export interface Assignment<N extends Carded> {
  readonly network: N;
  readonly tasks: readonly ModelTask[];
}

/**
 * Who answers what: each task goes to the first network that can do it, so that depth may come from one and the
 * matte from another. A network that is left without a task is not asked.
 * @throws DioramaError `REQUEST_INVALID` for a task that none of them can do.
 */
export function assignTasks<N extends Carded>(
  networks: readonly N[],
  wanted: readonly ModelTask[],
): Assignment<N>[] {
  const tasksOf = new Map<N, ModelTask[]>();
  for (const task of wanted) {
    const network = networks.find(({ card }) => card.tasks.includes(task));
    if (!network) {
      const names = networks.map(({ card }) => card.id).join(' and ');
      throw new DioramaError('REQUEST_INVALID', `${names} cannot answer ${task}.`);
    }
    tasksOf.set(network, [...(tasksOf.get(network) ?? []), task]);
  }
  return [...tasksOf].map(([network, tasks]) => ({ network, tasks }));
}
