import type { Prediction } from '@diorama/runtime';
import type { Failure } from './failure.ts';
import type { PooledPlace } from './pooled-place.ts';

/** How a try ended, unless it was ended. */
export type TryEnd = { readonly prediction: Prediction } | { readonly failure: Failure };

/**
 * Why a try is ended: another place, which was asked later, answered first; its answer is not needed any more; or nobody
 * wants the picture any more.
 */
export type EndReason = 'overtaken' | 'unneeded' | 'abandoned';

/** One picture at one place. */
export interface PlaceTry {
  readonly place: PooledPlace;
  /** Whether it is the one picture that tells if the place is back. */
  readonly isTrial: boolean;
  /** When another place should be asked. */
  readonly hedgeAfterMs: number;
  /** Ends it. A trial goes on all the same unless it is abandoned, since its end says whether the place is back. */
  end(reason: EndReason): void;
}

export interface SendOptions {
  /** Whether another place has the picture already and is slow. */
  readonly isHedge: boolean;
  /** Hears how it ended, once, unless it was ended. */
  readonly onEnd: (end: TryEnd) => void;
}
