import { availableParallelism } from 'node:os';
import type { OpenedWeights } from '@diorama/cloud';
import { DioramaError } from '@diorama/core';
import { createDiorama, type Diorama } from '@diorama/engine';
import { DEFAULT_MODEL_ID, findModelCard } from '@diorama/runtime';
import { chooseEngineSize } from '../engine-size.ts';
import type { PredictorConfig } from './predictor-config.ts';
import { underDeadline } from './under-deadline.ts';

/** On a GPU pictures are made by the cores while as many others are run together. */
const PICTURES_PER_CORE_ON_GPU = 3;

/**
 * Finds or fetches the weights and opens an engine with that one network.
 * @throws DioramaError what finding, fetching and opening it throw; `MODEL_CORRUPT` for weights that are not those that
 * the operator pinned
 */
export async function openPredictorEngine(
  config: PredictorConfig,
  signal: AbortSignal,
): Promise<Diorama> {
  const { card, close } = await findWeights(config, signal);
  const { provider, require, isolation, batching, acceptLicences } = config;
  const cores = availableParallelism();
  const size = chooseEngineSize(config, [card], cores);
  const isOnGpu = require === 'gpu' || (provider ?? 'cpu') !== 'cpu';
  const photoWorkers = isOnGpu
    ? (config.photoWorkers ?? PICTURES_PER_CORE_ON_GPU * cores)
    : size.photoWorkers;
  const opening = createDiorama({
    ...size,
    photoWorkers: photoWorkers ?? cores,
    model: card,
    tasks: card.tasks,
    acceptLicences,
    isolation,
    batching,
    ...(provider === undefined ? {} : { provider }),
    ...(require === undefined ? {} : { require }),
    // Pictures wait at the desk. In here wait those whose worker is being replaced.
    maxQueued: photoWorkers ?? cores,
    limits: { bytes: config.maxBytes, pixels: config.maxPixels },
  });
  try {
    const diorama = await opening;
    // A session that dies is begun anew from the file, so that it is kept as long as they are.
    const dispose = async () => {
      await diorama.dispose();
      await close();
    };
    return {
      networks: diorama.networks,
      layers: (...args) => diorama.layers(...args),
      predict: (...args) => diorama.predict(...args),
      stats: () => diorama.stats(),
      dispose,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function findWeights(config: PredictorConfig, signal: AbortSignal): Promise<OpenedWeights> {
  const { storageUri, model, modelSha256: sha256, modelsFolder, weightsTimeoutMs } = config;
  if (storageUri !== undefined) {
    // Google's client takes longer to load than all the rest of this program.
    const { openWeights } = await import('@diorama/cloud');
    return underDeadline(
      performance.now() + weightsTimeoutMs,
      signal,
      (inTime) => openWeights(storageUri, { model, sha256, signal: inTime }),
      `The weights were not fetched within ${weightsTimeoutMs / 1000} s.`,
    );
  }
  const card = await findModelCard(model ?? DEFAULT_MODEL_ID, modelsFolder);
  if (sha256 === undefined || sha256 === card.sha256) return { card, close: async () => undefined };
  throw new DioramaError(
    'MODEL_CORRUPT',
    `The weights of ${card.id} are not those that DIORAMA_MODEL_SHA256 names: the SHA-256 of these is ${card.sha256}.`,
    { detail: { sha256: card.sha256 } },
  );
}
