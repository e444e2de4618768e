import { serveWorker } from '@diorama/runtime';
import type { PhotoTask, PhotoWorkerData, PredictCall } from './photo-task.ts';
import { RasterArena } from './raster-arena.ts';
import { type LayersAnswer, layersOfPhoto, type Way, type WayNetwork } from './way.ts';

const arena = new RasterArena();
let common: PhotoWorkerData | undefined;

serveWorker<PhotoTask, LayersAnswer>({
  init(data) {
    common = data as PhotoWorkerData; // written by openPhotoPool, the only one that starts this module
  },
  async handle({ bytes, options }, { signal, call }) {
    const { cards, limits } = common as PhotoWorkerData; // init came first
    const networks = cards.map(
      (card, network): WayNetwork => ({
        card,
        predict: (request) => {
          const asked: PredictCall = { network, request };
          // The service of that name in diorama.ts answers a prediction.
          return call('predict', asked) as ReturnType<WayNetwork['predict']>;
        },
      }),
    );
    const way: Way = { networks, limits, arena };
    try {
      const answer = await layersOfPhoto(bytes, options, way, signal);
      return { value: answer, transfer: [...answer.files.values()].map((file) => file.buffer) };
    } finally {
      // After the answer is on its way: nobody waits for it.
      setImmediate(() => arena.wipe());
    }
  },
});
