import { cancellationOf, throwIfCancelled } from './cancellation.ts';

interface Running<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
  isDone: boolean;
}

/**
 * Costly work that several callers share: it starts with the first, each may leave by its own signal, and it is
 * stopped when the last one has left. Its result is kept for later callers; a failure is not.
 */
export class SharedWork<T> {
  readonly #start: (signal: AbortSignal) => Promise<T>;
  #running: Running<T> | undefined;

  constructor(start: (signal: AbortSignal) => Promise<T>) {
    this.#start = start;
  }

  /** @throws DioramaError `CANCELLED`, `DEADLINE_EXCEEDED`, or what the work throws */
  async join(signal?: AbortSignal): Promise<T> {
    throwIfCancelled(signal);
    this.#running ??= this.#begin();
    const running = this.#running;
    running.waiting += 1;
    try {
      const result = await untilCancelled(running.result, signal);
      running.isDone = true;
      return result;
    } finally {
      running.waiting -= 1;
      if (running.waiting === 0 && !running.isDone) this.#drop(running);
    }
  }

  #begin(): Running<T> {
    const stop = new AbortController();
    return { result: this.#start(stop.signal), stop, waiting: 0, isDone: false };
  }

  #drop(running: Running<T>): void {
    running.stop.abort();
    if (this.#running === running) this.#running = undefined;
  }
}

function untilCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let leave = () => {};
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(cancellationOf(signal));
    signal.addEventListener('abort', leave, { once: true });
  });
  return Promise.race([work, left]).finally(() => signal.removeEventListener('abort', leave));
}
