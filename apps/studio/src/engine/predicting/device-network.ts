import { createDioramaClient } from '@diorama/contract/client';
import { DioramaError } from '@diorama/core';
import { createLocalPredictor, type LocalPredictor } from '@diorama/runtime';
import type { OpenOptions } from '../networks.ts';
import { downloadModel } from './download-model.ts';
import { modelInWords, type PageNetwork, pictureSizeOf } from './network.ts';

/** Does depth and matte in one run, and is small enough for a phone. */
const MODEL_ID = 'diorama-s';
/** A server that does not answer by then is not there. */
const LIST_DEADLINE_MS = 20_000;

/**
 * Opens the embedded model in a worker of this page: on a GPU where there is one that runs all of it, else in WASM.
 * @throws DioramaError as `createLocalPredictor` and the client
 */
export async function openDeviceNetwork(options: OpenOptions): Promise<PageNetwork> {
  const { apiKey, signal } = options;
  const client = createDioramaClient({ baseUrl: '/', apiKey });
  const models = await client.models({ signal, deadlineMs: LIST_DEADLINE_MS });
  const model = models.find(({ id }) => id === MODEL_ID);
  if (!model?.file) throw new DioramaError('MODEL_MISSING', 'This server passes no model on.');
  const file = await downloadModel(model.file, options);
  const open = (provider: 'webgpu' | 'wasm') =>
    createLocalPredictor({
      model,
      file,
      wasmFolder: '/ort/',
      ...(provider === 'webgpu' ? { provider, require: 'gpu' } : { provider }),
      signal,
    });
  const predictor = await openFirst(open, signal);
  const { card } = predictor;
  return {
    card,
    machine: {
      model: modelInWords(card),
      provider: inWords(predictor),
      picture: pictureSizeOf(card),
    },
    predict: (image, stop) => predictor.predict({ image, wanted: card.tasks }, stop),
    dispose: () => predictor.dispose(),
  };
}

async function openFirst(
  open: (provider: 'webgpu' | 'wasm') => Promise<LocalPredictor>,
  signal: AbortSignal,
): Promise<LocalPredictor> {
  // The worker looks for a GPU before it reads the model: where there is none this costs next to nothing.
  if ('gpu' in navigator) {
    try {
      return await open('webgpu');
    } catch (error) {
      if (signal.aborted) throw error;
      // No GPU that runs all of it: WASM does.
    }
  }
  return open('wasm');
}

function inWords({ provider, threads }: LocalPredictor): string {
  if (provider === 'webgpu') return 'GPU of this device';
  return threads === 1
    ? 'processor of this device'
    : `processor of this device, ${threads} threads`;
}
