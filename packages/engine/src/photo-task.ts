import type { ModelCard } from '@diorama/contract';
import type { PhotoLimits } from '@diorama/photo-io';
import type { PredictRequest } from '@diorama/runtime';
import type { LayersOptions } from './layers-options.ts';
import type {
  PredictionAnswer,
  PredictionSettings,
  PredictionSource,
} from './prediction-of-photo.ts';
import type { LayersAnswer } from './way.ts';

/** One photo for a photo worker: all its layers, or one network's answer alone. */
export type PhotoTask = LayersTask | PredictionTask;

export interface LayersTask {
  readonly kind: 'layers';
  readonly bytes: Uint8Array;
  readonly options: LayersOptions;
}

export interface PredictionTask {
  readonly kind: 'prediction';
  readonly network: number;
  readonly source: PredictionSource;
  readonly settings: PredictionSettings;
}

/** What a photo worker answers, by the kind of the task. */
export type PhotoAnswer = LayersAnswer | PredictionAnswer;

/** What a photo worker asks of its owner: a prediction of the network of that number. */
export interface PredictCall {
  readonly network: number;
  readonly request: PredictRequest;
}

/** What a photo worker tells its owner before that: a picture for the network of that number is being made. */
export interface AnnounceCall {
  readonly network: number;
}

/** What all photos of a worker have in common. */
export interface PhotoWorkerData {
  /** Of each network, in the order in which they are asked for by number. */
  readonly cards: readonly ModelCard[];
  /** Of each network, whether its predictor wants to know which pictures are being made. */
  readonly areAnnounced: readonly boolean[];
  readonly limits: Partial<PhotoLimits>;
}
