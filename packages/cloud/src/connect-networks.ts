import type { ModelTask } from '@diorama/contract';
import { chooseExtraModels, chooseModels, type ModelChoice, openPredictors } from '@diorama/engine';
import type { LocalPredictorOptions, Predictor } from '@diorama/runtime';
import { type ConnectOptions, connectPredictors } from './connect-predictors.ts';

export interface NetworkOptions extends ConnectOptions {
  readonly local: Omit<LocalPredictorOptions, 'model'>;
  /** Local models for what the model elsewhere does not answer; the embedded one by default. */
  readonly model?: ModelChoice | readonly ModelChoice[] | undefined;
  /** Local models besides, for photos that name them. */
  readonly extraModels?: readonly ModelChoice[] | undefined;
}

const TASKS: readonly ModelTask[] = ['depth', 'matte'];

/**
 * All that answers photos where a model runs elsewhere: that one first, then local ones for the tasks that it leaves, and those
 * that photos may name.
 * @throws DioramaError what `connectPredictors`, `chooseModels` and local predictors throw
 */
export async function connectNetworks(
  addresses: readonly string[],
  { model, extraModels = [], ...options }: NetworkOptions,
): Promise<readonly Predictor[]> {
  const { modelsFolder } = options.local;
  const elsewhere = await connectPredictors(addresses, options);
  try {
    const { card } = elsewhere;
    const left = TASKS.filter((task) => !card.tasks.includes(task));
    const chosen = await chooseModels(model, modelsFolder, left);
    const extra = await chooseExtraModels([card, ...chosen], extraModels, modelsFolder);
    return [elsewhere, ...(await openPredictors([...chosen, ...extra], options.local))];
  } catch (error) {
    await elsewhere.dispose();
    throw error;
  }
}
