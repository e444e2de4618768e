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
 * The networks with the one of that model before the others, so that it is asked for all that it can do.
 * @throws DioramaError `MODEL_UNKNOWN` that names the ones there are; `REQUEST_INVALID` where it can do nothing of what is
 * wanted, since another one would answer in its place.
 */
export function preferModel<N extends Carded>(
  networks: readonly N[],
  model: string | undefined,
  wanted: readonly ModelTask[],
): readonly N[] {
  if (model === undefined) return networks;
  const preferred = networks.find(({ card }) => card.id === model);
  if (!preferred) throw unknownModel(networks);
  const { tasks } = preferred.card;
  if (tasks.some((task) => wanted.includes(task))) {
    return [preferred, ...networks.filter((network) => network !== preferred)];
  }
  throw new DioramaError(
    'REQUEST_INVALID',
    `Model ${model} answers ${tasks.join(' and ')}, which what was asked for does not need.`,
  );
}

/** The refusal of a model that is not open, `MODEL_UNKNOWN`, with those that are. */
export function unknownModel(networks: readonly Carded[]): DioramaError {
  const open = networks.map(({ card }) => card.id).join(', ');
  return new DioramaError('MODEL_UNKNOWN', `That model is not open here; there is ${open}.`);
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
