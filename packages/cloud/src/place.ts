import type { PlaceStats, Predictor } from '@diorama/runtime';

/** One place where pictures are sent. What its failures mean is the same everywhere, so that a pool can go by it. */
export interface Place {
  /** Without credentials, paths or queries: it stands in logs and metrics. */
  readonly name: string;
  readonly kind: PlaceStats['kind'];
  /**
   * Makes one try. It throws `PREDICTOR_STARTING` where the place scaled to zero and starts now, `QUEUE_FULL` where it has
   * too much to do, `MODEL_OUTPUT_INVALID` where it answered what no model can have, `PREDICTOR_UNAVAILABLE` where
   * it could not be reached or failed, `CONFIG_INVALID` where it does not let us in or is not at its address,
   * `DEADLINE_EXCEEDED`, `CANCELLED`; anything else is about the picture, and another place would say the same. `detail.retryAfterMs` says when it wants to be asked again.
   */
  readonly predictor: Predictor;
  /** Asks whether it lives, which costs it no picture; absent where only pictures can tell. @throws as `predict` */
  readonly checkHealth?: (signal: AbortSignal) => Promise<void>;
  /** Pictures that it may have at once. */
  readonly maxInFlight: number;
}
