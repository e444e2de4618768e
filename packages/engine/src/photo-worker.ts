import { serveWorker } from '@diorama/runtime';
import type { PhotoTask, PhotoWorkerData } from './photo-task.ts';
import { type LayersAnswer, layersOfPhoto, type Way } from './way.ts';

let common: Pick<Way, 'card' | 'limits'> | undefined;

serveWorker<PhotoTask, LayersAnswer>({
  init(data) {
    common = data as PhotoWorkerData; // written by openPhotoPool, the only one that starts this module
  },
  async handle({ bytes, options }, { signal, call }) {
    const way: Way = {
      ...(common as PhotoWorkerData), // init came first
      // The service of that name in diorama.ts answers a prediction.
      predict: (request) => call('predict', request) as ReturnType<Way['predict']>,
    };
    const answer = await layersOfPhoto(bytes, options, way, signal);
    return { value: answer, transfer: [...answer.files.values()].map((file) => file.buffer) };
  },
});
