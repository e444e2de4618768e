import type { Progress } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { type Parcel, serveWorker, type TaskContext } from '@diorama/runtime/worker';
import type {
  AnnounceCall,
  LayersTask,
  PhotoAnswer,
  PhotoTask,
  PhotoWorkerData,
  PredictCall,
  PredictionTask,
} from './photo-task.ts';
import { type PredictionAnswer, planeBuffers, predictionOfPhoto } from './prediction-of-photo.ts';
import { RasterArena } from './raster-arena.ts';
import { type LayersAnswer, layersOfPhoto, type WayNetwork } from './way.ts';

const arena = new RasterArena();
let common: PhotoWorkerData | undefined;

serveWorker<PhotoTask, PhotoAnswer>({
  init(data) {
    common = data as PhotoWorkerData; // written by openPhotoPool, the only one that starts this module
  },
  handle(task, context) {
    const data = common as PhotoWorkerData; // init came first
    return task.kind === 'layers'
      ? makeLayers(task, data, context)
      : makePrediction(task, data, context);
  },
});

async function makeLayers(
  { bytes, options }: LayersTask,
  data: PhotoWorkerData,
  context: TaskContext,
): Promise<Parcel<LayersAnswer>> {
  const onProgress = (progress: Progress) => context.note(progress);
  const { limits } = data;
  const way = { networks: networksOf(data, context), limits, arena, onProgress };
  try {
    const answer = await layersOfPhoto(bytes, options, way, context.signal);
    return { value: answer, transfer: [...answer.files.values()].map((file) => file.buffer) };
  } finally {
    // After the answer is on its way: nobody waits for it.
    setImmediate(() => arena.wipe());
  }
}

async function makePrediction(
  { network: number, source, settings }: PredictionTask,
  data: PhotoWorkerData,
  context: TaskContext,
): Promise<Parcel<PredictionAnswer>> {
  const network = networksOf(data, context)[number];
  if (!network) throw new DioramaError('INTERNAL', `There is no network ${number}.`);
  const { limits } = data;
  const answer = await predictionOfPhoto(source, network, { ...settings, limits }, context.signal);
  return { value: answer, transfer: planeBuffers(answer) };
}

function networksOf({ cards, areAnnounced }: PhotoWorkerData, { call }: TaskContext): WayNetwork[] {
  return cards.map((card, network) => ({
    card,
    predict: (request) => {
      const asked: PredictCall = { network, request };
      // The service of that name in photo-pool.ts answers a prediction.
      return call('predict', asked) as ReturnType<WayNetwork['predict']>;
    },
    announce: areAnnounced[network] ? () => announce({ network }, call) : undefined,
  }));
}

/** Nobody waits for it, and nothing is lost without it. */
function announce(announced: AnnounceCall, call: TaskContext['call']): void {
  call('announce', announced).catch(() => undefined);
}
