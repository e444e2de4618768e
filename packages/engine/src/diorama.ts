import { availableParallelism } from 'node:os';
import type { ModelCard } from '@diorama/contract';
import type { PhotoLimits } from '@diorama/photo-io';
import {
  createLocalPredictor,
  type LocalPredictorOptions,
  openWorkerPool,
  type Prediction,
  type Predictor,
  type PredictRequest,
  type WorkerPool,
} from '@diorama/runtime';
import { type LayersOptions, resolveLayersOptions } from './layers-options.ts';
import type { PhotoTask, PhotoWorkerData } from './photo-task.ts';
import type { LayersAnswer } from './way.ts';

export interface DioramaOptions extends Omit<LocalPredictorOptions, 'maxQueued'> {
  /** Where the network runs; a local session of `model` by default. Disposed of with the Diorama. */
  readonly predictor?: Predictor;
  /** Photos that are decoded, refined and encoded at once; one for each two cores by default. */
  readonly photoWorkers?: number;
  /** Photos that may wait besides; one more is refused with `QUEUE_FULL`. */
  readonly maxQueued?: number;
  readonly limits?: Partial<PhotoLimits>;
}

const DEFAULT_MAX_QUEUED = 64;

/**
 * Photos in, layers out, with everything heavy in worker threads: photo workers decode, refine and encode, session
 * workers run the network. The thread that calls stays free.
 */
export interface Diorama {
  readonly card: ModelCard;
  /** The provider that runs the network, such as `cpu`. */
  readonly provider: string;
  /**
   * The layers of one photo. `bytes` must not change until the answer is there.
   * @throws DioramaError `PHOTO_*`, `REQUEST_INVALID`, `QUEUE_FULL`, `CANCELLED`, `DEADLINE_EXCEEDED`,
   * `WORKER_CRASHED`, `MODEL_OUTPUT_INVALID`.
   */
  layers(bytes: Uint8Array, options?: LayersOptions, signal?: AbortSignal): Promise<LayersAnswer>;
  /** Ends every thread. What still waits is refused with `CANCELLED`. */
  dispose(): Promise<void>;
}

/**
 * Loads the model and opens the photo workers.
 * @throws DioramaError `MODEL_UNKNOWN`, `MODEL_CORRUPT`, `PROVIDER_UNAVAILABLE`, `CONFIG_INVALID`, `WORKER_CRASHED`.
 */
export async function createDiorama(options: DioramaOptions = {}): Promise<Diorama> {
  const {
    photoWorkers,
    maxQueued = DEFAULT_MAX_QUEUED,
    limits = {},
    predictor,
    ...local
  } = options;
  const size = photoWorkers ?? Math.max(1, Math.floor(availableParallelism() / 2));
  // Each photo worker asks for one prediction at a time, so the sessions' queue needs no more places than these.
  const runs = predictor ?? (await createLocalPredictor({ ...local, maxQueued: size }));
  try {
    const photos = await openPhotoPool({ predictor: runs, size, maxQueued, limits });
    return new LocalDiorama(runs, photos);
  } catch (error) {
    await runs.dispose();
    throw error;
  }
}

class LocalDiorama implements Diorama {
  readonly #predictor: Predictor;
  readonly #photos: WorkerPool<PhotoTask, LayersAnswer>;

  constructor(predictor: Predictor, photos: WorkerPool<PhotoTask, LayersAnswer>) {
    this.#predictor = predictor;
    this.#photos = photos;
  }

  get card(): ModelCard {
    return this.#predictor.card;
  }

  get provider(): string {
    return this.#predictor.provider;
  }

  async layers(
    bytes: Uint8Array,
    options: LayersOptions = {},
    signal?: AbortSignal,
  ): Promise<LayersAnswer> {
    resolveLayersOptions(options); // what cannot be made is refused before it waits in the queue
    return this.#photos.run({ bytes, options }, { signal });
  }

  async dispose(): Promise<void> {
    await this.#photos.dispose();
    await this.#predictor.dispose();
  }
}

function openPhotoPool(options: {
  readonly predictor: Predictor;
  readonly size: number;
  readonly maxQueued: number;
  readonly limits: Partial<PhotoLimits>;
}): Promise<WorkerPool<PhotoTask, LayersAnswer>> {
  const { predictor, size, maxQueued, limits } = options;
  const workerData: PhotoWorkerData = { card: predictor.card, limits };
  return openWorkerPool({
    name: 'photo',
    workerUrl: new URL('./photo-worker.js', import.meta.url),
    workerData,
    // Cutting a thread off inside libvips could end the whole process.
    isInterruptible: false,
    size,
    maxQueued,
    services: {
      predict: async (request, signal) => {
        // photo-worker.ts, the only caller, sends what the type says
        const prediction = await predictor.predict(request as PredictRequest, signal);
        return { value: prediction, transfer: buffersOf(prediction) };
      },
    },
  });
}

/** A prediction's rasters are made for one caller, so they may move on to the photo worker. */
function buffersOf({ depth, matte }: Prediction): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const raster of [depth, matte]) {
    if (raster) buffers.add(raster.data.buffer as ArrayBuffer); // sessions never share memory
  }
  return [...buffers];
}
