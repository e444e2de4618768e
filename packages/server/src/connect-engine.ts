import type { DioramaOptions } from '@diorama/engine';
import { createLocalPredictor, DEFAULT_MODEL_ID, findModelCard } from '@diorama/runtime';
import type { ServerConfig } from './config.ts';
import { lazyPredictor } from './lazy-predictor.ts';

/**
 * The networks of a server whose model runs elsewhere, and local ones for what that one leaves.
 * @throws DioramaError `CONFIG_INVALID`, and what `connectNetworks` of @diorama/cloud throws
 */
export async function connectEngine(
  addresses: readonly string[],
  { sealTo }: Pick<ServerConfig, 'sealTo'>,
  { model, extraModels, ...options }: DioramaOptions,
): Promise<NonNullable<DioramaOptions['predictor']>> {
  // Its libraries take longer to load than everything else, and a server on its own never needs them.
  const { connectNetworks, readSealTo } = await import('@diorama/cloud');
  const { photoWorkers: _photoWorkers, limits: _limits, predictor: _predictor, ...local } = options;
  const standIn = lazyPredictor(await findModelCard(DEFAULT_MODEL_ID), () =>
    createLocalPredictor(local),
  );
  return connectNetworks(addresses, {
    local,
    model,
    extraModels,
    pool: { standIn },
    ...(sealTo === undefined ? {} : { sealTo: await readSealTo(sealTo) }),
  });
}
