import type { ModelCard } from '@diorama/contract';
import type { PhotoLimits } from '@diorama/photo-io';
import type { LayersOptions } from './layers-options.ts';

/** One photo for a photo worker. */
export interface PhotoTask {
  readonly bytes: Uint8Array;
  readonly options: LayersOptions;
}

/** What all photos of a worker have in common. */
export interface PhotoWorkerData {
  readonly card: ModelCard;
  readonly limits: Partial<PhotoLimits>;
}
