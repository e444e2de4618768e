import type { ModelCard } from '@diorama/contract';
import type { PhotoLimits } from '@diorama/photo-io';
import { type Isolation, openWorkerPool, type Predictor, type WorkerPool } from '@diorama/runtime';
import type { PhotoAnswer, PhotoTask, PhotoWorkerData } from './photo-task.ts';
import { predictionServices } from './prediction-services.ts';

/** Workers that decode, refine and encode. */
export type PhotoPool = WorkerPool<PhotoTask, PhotoAnswer>;

export interface PhotoPoolOptions {
  /** The networks, in the order of their predictors, and whether each wants to know which pictures are being made. */
  readonly networks: readonly { readonly card: ModelCard; readonly isAnnounced: boolean }[];
  /** Asked by the workers, and may still be opening. */
  readonly opening: Promise<readonly Predictor[]>;
  readonly size: number;
  readonly maxQueued: number;
  readonly limits: Partial<PhotoLimits>;
  readonly isolation?: Isolation | undefined;
}

/** Opens the workers of an engine, each of which does one photo at a time. @throws DioramaError `WORKER_CRASHED` */
export function openPhotoPool(options: PhotoPoolOptions): Promise<PhotoPool> {
  const { networks, opening, size, maxQueued, limits, isolation } = options;
  const workerData: PhotoWorkerData = {
    cards: networks.map(({ card }) => card),
    areAnnounced: networks.map(({ isAnnounced }) => isAnnounced),
    limits,
  };
  return openWorkerPool({
    name: 'photo',
    workerUrl: new URL('./photo-worker.js', import.meta.url),
    workerData,
    // Cutting a thread off inside libvips could end the whole process.
    isInterruptible: false,
    isolation,
    size,
    maxQueued,
    services: predictionServices(opening),
  });
}
