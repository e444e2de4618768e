import { DioramaError } from '@diorama/core';
import type { Diorama } from '@diorama/engine';
import { untilAborted } from './deadline.ts';

/** Where a server stands between its first socket and its last. */
type Stage = 'warming' | 'ready' | 'failed' | 'draining';

/** Hands out the engine once it is warm, and says no while the server shuts down. */
export interface Readiness {
  /** Settles when the engine is warm, or did not start. */
  readonly started: Promise<Diorama>;
  /**
   * Waits for the warm engine, also while draining.
   * @throws the signal's reason, or why the engine did not start
   */
  readonly diorama: (signal: AbortSignal) => Promise<Diorama>;
  /** The warm engine at once. @throws DioramaError `NOT_READY`, or why the engine did not start. */
  readonly warmDiorama: () => Diorama;
  /** The warm engine, also while draining; nothing before. */
  readonly engine: () => Diorama | undefined;
  /** @throws DioramaError `NOT_READY` while draining, or why the engine did not start */
  readonly checkOpen: () => void;
  readonly drain: () => void;
}

/** Follows an engine that may still be starting. */
export function followReadiness(starting: Diorama | Promise<Diorama>): Readiness {
  const started = Promise.resolve(starting);
  let warm: Diorama | undefined;
  let failure: unknown;
  let stage: Stage = 'warming';
  started.then(
    (diorama) => {
      warm = diorama;
      if (stage === 'warming') stage = 'ready';
    },
    (error: unknown) => {
      failure = error;
      if (stage === 'warming') stage = 'failed';
    },
  );

  function checkOpen(): void {
    if (stage === 'draining') throw new DioramaError('NOT_READY', 'The server is shutting down.');
    if (stage === 'failed') throw failure;
  }

  return {
    started,
    diorama: async (signal) => warm ?? untilAborted(started, signal),
    warmDiorama: () => {
      checkOpen();
      if (warm !== undefined) return warm;
      throw new DioramaError('NOT_READY', 'The model is still warming up.');
    },
    engine: () => warm,
    checkOpen,
    drain: () => {
      stage = 'draining';
    },
  };
}
