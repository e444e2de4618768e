import { DioramaError } from '@diorama/core';
import { createLocalPredictor, type LocalPredictor, loadModelCards } from '@diorama/runtime';
import { modelInWords, type PageNetwork } from './network.ts';

/** Does depth and matte in one run, and is small enough for a phone. */
const MODEL_ID = 'diorama-s';

/**
 * Opens the embedded model in a worker of this page: on a GPU where there is one that runs all of it, else in WASM.
 * `onProgress` is told 0..1 while the model comes.
 * @throws DioramaError as `createLocalPredictor`
 */
export async function openDeviceNetwork(
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<PageNetwork> {
  const models = await loadModelCards('/', { signal });
  const model = models.find(({ id }) => id === MODEL_ID);
  if (!model) throw new DioramaError('MODEL_MISSING', 'This server passes no model on.');
  const open = (provider: 'webgpu' | 'wasm') =>
    createLocalPredictor({
      model,
      file: model.file?.url,
      wasmFolder: '/ort/',
      ...(provider === 'webgpu' ? { provider, require: 'gpu' } : { provider }),
      onProgress: ({ received, total }) => onProgress(received / total),
      signal,
    });
  const predictor = await openFirst(open, signal);
  return {
    card: predictor.card,
    machine: { model: modelInWords(predictor.card), provider: inWords(predictor) },
    predict: (image, stop) => predictor.predict({ image, wanted: predictor.card.tasks }, stop),
    dispose: () => predictor.dispose(),
  };
}

async function openFirst(
  open: (provider: 'webgpu' | 'wasm') => Promise<LocalPredictor>,
  signal: AbortSignal,
): Promise<LocalPredictor> {
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
