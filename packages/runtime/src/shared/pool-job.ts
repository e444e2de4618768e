import type { DioramaError } from '@diorama/core';

export interface RunOptions {
  /**
   * Waiting: the request leaves the queue. Running: the caller is refused at once, and the worker keeps its
   * place until the task that it was told to abandon settles.
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * Buffers that move to the worker. They are gone once a worker has them, so such a request is not tried a
   * second time after a crash. Without it the request is copied when it starts (do not change it before it is
   * answered); memory in a SharedArrayBuffer is neither copied nor lost.
   */
  readonly transfer?: readonly ArrayBuffer[];
  /**
   * Told what the worker notes while it does the task: how far it has come. Begins anew when the request is tried a
   * second time; says nothing more once the request is answered or refused.
   */
  readonly onNote?: (note: unknown) => void;
  /** Begin it so often at most, instead of as often as the pool would; at least 1. */
  readonly maxAttempts?: number;
  /** Called when the request leaves the queue; again when it is tried a second time. */
  readonly onStart?: () => void;
}

/** One request on its way through a pool. Settles exactly once; a second settling is ignored. */
export class PoolJob {
  readonly id: number;
  readonly request: unknown;
  readonly options: RunOptions;
  readonly answer: Promise<unknown>;
  attempts = 0;
  isSettled = false;
  #resolve: (value: unknown) => void = () => {};
  #reject: (error: DioramaError) => void = () => {};
  #unsubscribe: () => void = () => {};

  constructor(id: number, request: unknown, options: RunOptions) {
    this.id = id;
    this.request = request;
    this.options = options;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Calls `onAbort` once when the caller's signal aborts before the job is settled. */
  watch(onAbort: (signal: AbortSignal) => void): void {
    const { signal } = this.options;
    if (!signal) return;
    const listener = (): void => onAbort(signal);
    signal.addEventListener('abort', listener, { once: true });
    this.#unsubscribe = () => signal.removeEventListener('abort', listener);
  }

  /** Whether a crash under this job leaves it whole and with another try to its name. */
  mayTryAgain(maxAttempts: number): boolean {
    const most = this.options.maxAttempts ?? maxAttempts;
    return !this.isSettled && this.attempts < most && !this.options.transfer?.length;
  }

  resolve(value: unknown): void {
    this.#settle();
    this.#resolve(value);
  }

  reject(error: DioramaError): void {
    this.#settle();
    this.#reject(error);
  }

  #settle(): void {
    this.isSettled = true;
    this.#unsubscribe();
  }
}
