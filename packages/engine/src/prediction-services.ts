import type { PoolService, Predictor } from '@diorama/runtime';
import type { AnnounceCall, PredictCall } from './photo-task.ts';
import { planeBuffers } from './prediction-of-photo.ts';

/** What photo workers may ask of their owner, which opens the predictors: predictions, and that they expect one. */
export function predictionServices(
  opening: Promise<readonly Predictor[]>,
): Readonly<Record<'predict' | 'announce', PoolService>> {
  // All calls of one task have one signal, which ends with the task.
  const announced = new WeakMap<AbortSignal, Map<number, () => void>>();
  return {
    predict: async (payload, signal) => {
      // photo-worker.ts, the only caller, sends what the type says
      const { network, request } = payload as PredictCall;
      const predictors = await opening;
      const asked = (predictors[network] as Predictor).predict(request, signal);
      announced.get(signal)?.get(network)?.();
      const prediction = await asked;
      return { value: prediction, transfer: planeBuffers({ planes: prediction }) };
    },
    announce: async (payload, signal) => {
      const { network } = payload as AnnounceCall; // by the same caller
      const predictors = await opening;
      const takeBack = predictors[network]?.announce?.();
      if (takeBack) {
        const ofTask = announced.get(signal) ?? new Map<number, () => void>();
        announced.set(signal, ofTask.set(network, takeBack));
        signal.addEventListener('abort', takeBack, { once: true });
        // Its task ended before this was read.
        if (signal.aborted) takeBack();
      }
      return { value: undefined };
    },
  };
}
