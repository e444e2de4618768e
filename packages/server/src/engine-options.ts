import type { DioramaOptions } from '@diorama/engine';
import type { ServerConfig } from './config.ts';

/** How the engine of a service is started. */
export function engineOptions(config: ServerConfig): DioramaOptions {
  const { model, provider, require, threads, sessions, photoWorkers, maxQueued } = config;
  const { extraModels, isolation, batching } = config;
  return {
    modelsFolder: config.modelsFolder,
    isolation,
    batching,
    ...(extraModels === undefined ? {} : { extraModels }),
    ...(model === undefined ? {} : { model }),
    ...(provider === undefined ? {} : { provider }),
    ...(require === undefined ? {} : { require }),
    ...(threads === undefined ? {} : { threads }),
    ...(sessions === undefined ? {} : { sessions }),
    ...(photoWorkers === undefined ? {} : { photoWorkers }),
    ...(maxQueued === undefined ? {} : { maxQueued }),
    limits: { bytes: config.maxBytes, pixels: config.maxPixels },
  };
}
