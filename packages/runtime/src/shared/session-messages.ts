import type { ModelCard, ModelTask } from '@diorama/contract';
import type { ByteRaster } from '@diorama/core';

/** What every session worker needs to start. */
export interface SessionStart<Provider extends string = string> {
  readonly card: ModelCard;
  readonly provider: Provider;
  readonly threads: number;
  /** Refuse a graph of which any part would run on the processor. */
  readonly isGpuRequired: boolean;
}

/** Pictures that are run together: all of one size, each a model-sized picture. What is wanted, is wanted of each. */
export interface SessionRequest {
  /** At least one. */
  readonly images: readonly ByteRaster[];
  readonly wanted: readonly ModelTask[];
}

/** The samples of each output that was fetched for one picture, by what it means, in memory of their own. */
export interface PictureAnswer {
  readonly depth?: Float32Array;
  readonly depthKind?: 'inverse-affine' | 'metric';
  readonly matte?: Float32Array;
  readonly subjectProbability?: number;
}

export interface SessionAnswer {
  /** In the order of the pictures. */
  readonly answers: readonly PictureAnswer[];
  /** How long the network took for all of them. */
  readonly predictMs: number;
}
