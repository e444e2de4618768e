import type { ModelCard } from '@diorama/contract';
import type { PhotoLimits } from '@diorama/photo-io';
import type { PredictRequest } from '@diorama/runtime';
import type { LayersOptions } from './layers-options.ts';

/** One photo for a photo worker. */
export interface PhotoTask {
  readonly bytes: Uint8Array;
  readonly options: LayersOptions;
}

/** What a photo worker asks of its owner: a prediction of the network of that number. */
export interface PredictCall {
  readonly network: number;
  readonly request: PredictRequest;
}

/** What all photos of a worker have in common. */
export interface PhotoWorkerData {
  /** Of each network, in the order in which they are asked for by number. */
  readonly cards: readonly ModelCard[];
  readonly limits: Partial<PhotoLimits>;
}
