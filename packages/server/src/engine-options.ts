import { availableParallelism } from 'node:os';
import { chooseModels, type DioramaOptions } from '@diorama/engine';
import { findModelCard } from '@diorama/runtime';
import type { ServerConfig } from './config.ts';
import { connectEngine } from './connect-engine.ts';
import { chooseEngineSize } from './engine-size.ts';

/**
 * How the engine of a service is started.
 * @throws DioramaError `MODEL_UNKNOWN`, `MODEL_MISSING`, `REQUEST_INVALID` for a model that is left without a task,
 * `CONFIG_INVALID` for predictors elsewhere that cannot be connected
 */
export async function engineOptions(config: ServerConfig): Promise<DioramaOptions> {
  const { model, provider, require, modelsFolder } = config;
  const { extraModels = [], isolation, batching } = config;
  const { predictors } = config;
  // Of a model elsewhere nothing is held here, whatever its size; what it leaves is the embedded one's.
  const chosen = await chooseModels(predictors ? undefined : model, modelsFolder);
  const extra = await Promise.all(extraModels.map((id) => findModelCard(id, modelsFolder)));
  const size = chooseEngineSize(config, [...chosen, ...extra], availableParallelism());
  const options = {
    ...size,
    ...(predictors && config.photoWorkers === undefined ? { photoWorkers: gatewayWorkers() } : {}),
    modelsFolder,
    isolation,
    batching,
    extraModels,
    ...(model === undefined ? {} : { model }),
    ...(provider === undefined ? {} : { provider }),
    ...(require === undefined ? {} : { require }),
    // Photos wait at the desk, where the order is fair. In here wait those whose worker is being replaced.
    ...(size.photoWorkers === undefined ? {} : { maxQueued: size.photoWorkers }),
    limits: { bytes: config.maxBytes, pixels: config.maxPixels },
  };
  if (predictors === undefined) return options;
  return { ...options, predictor: await connectEngine(predictors, config, options) };
}

/** One of them may wait for a predictor to come back; another is to answer whom a model of this machine may answer. */
function gatewayWorkers(): number {
  return Math.max(2, availableParallelism());
}
