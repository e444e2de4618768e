import type { ModelCard } from '@diorama/contract';
import type { PredictRequest } from './predictor.ts';

/** What every session worker needs to start. */
export interface SessionStart<Provider extends string = string> {
  readonly card: ModelCard;
  readonly provider: Provider;
  readonly threads: number;
  /** Refuse a graph of which any part would run on the processor. */
  readonly isGpuRequired: boolean;
}

/** A session is asked what its predictor was asked. */
export type SessionRequest = PredictRequest;

/** The samples of each output that was fetched, by what it means, and how long the network took. */
export interface SessionAnswer {
  readonly depth?: Float32Array;
  readonly depthKind?: 'inverse-affine' | 'metric';
  readonly matte?: Float32Array;
  readonly subjectProbability?: number;
  readonly predictMs: number;
}
