import { serveWorker } from '@diorama/runtime';
import type { PhotoTask, PhotoWorkerData } from './photo-task.ts';
import { RasterArena } from './raster-arena.ts';
import { type LayersAnswer, layersOfPhoto, type Way } from './way.ts';

const arena = new RasterArena();
let common: Pick<Way, 'card' | 'limits'> | undefined;

serveWorker<PhotoTask, LayersAnswer>({
  init(data) {
    common = data as PhotoWorkerData; // written by openPhotoPool, the only one that starts this module
  },
  async handle({ bytes, options }, { signal, call }) {
    const way: Way = {
      ...(common as PhotoWorkerData), // init came first
      arena,
      // The service of that name in diorama.ts answers a prediction.
      predict: (request) => call('predict', request) as ReturnType<Way['predict']>,
    };
    try {
      const answer = await layersOfPhoto(bytes, options, way, signal);
      return { value: answer, transfer: [...answer.files.values()].map((file) => file.buffer) };
    } finally {
      // After the answer is on its way: nobody waits for it.
      setImmediate(() => arena.wipe());
    }
  },
});
