import { DioramaError } from '@diorama/core';
import { errorOfAbort } from './abort-error.ts';
import { PoolJob, type RunOptions } from './pool-job.ts';
import { PoolSlot } from './pool-slot.ts';
import type { PoolService } from './pool-thread.ts';
import type { OpenWorkerPort } from './worker-port.ts';

const DEFAULT_ATTEMPTS = 2;
const DEFAULT_START_TIMEOUT_MS = 30_000;
/** How long a cancelled task may hold its thread unless the pool's options say otherwise. */
export const DEFAULT_ABORT_GRACE_MS = 60_000;

/** What a pool is like wherever it runs. */
export interface PoolOptions {
  /** Threads, at least 1, all started at once. */
  readonly size: number;
  /** Requests that may wait while every thread is busy; one more is refused with `QUEUE_FULL`. */
  readonly maxQueued: number;
  readonly startTimeoutMs?: number | undefined;
  /** How long a cancelled task may hold its thread before the thread is ended and replaced. */
  readonly abortGraceMs?: number | undefined;
  /** How often a request is begun before a worker's death under it is its answer; 2 by default. */
  readonly maxAttempts?: number | undefined;
  /** For thread names and error details. */
  readonly name?: string;
  /** What a worker may ask of the owner while it does a task. */
  readonly services?: Readonly<Record<string, PoolService>>;
}

export interface PoolStats {
  readonly size: number;
  /** Threads that can take or are doing a task. */
  readonly ready: number;
  readonly busy: number;
  readonly queued: number;
  /** Threads that ended without being asked to since the pool opened. */
  readonly crashes: number;
  /** Of the workers that are processes of their own, those that start included; empty where they are threads. */
  readonly pids: readonly number[];
}

/**
 * Threads with state (a loaded model, warm buffers) that each do one task at a time, first come first served.
 * A crashed thread is replaced with growing delay, and its request is tried once more. A busy pool keeps the
 * process alive, an idle one does not.
 */
export class WorkerPool<Request, Response> {
  readonly #slots: PoolSlot[] = [];
  readonly #waiting: PoolJob[] = [];
  readonly #maxQueued: number;
  readonly #maxAttempts: number;
  #lastId = 0;
  #crashes = 0;
  #lastCrash: DioramaError | undefined;
  #isOpening = true;
  #end: Promise<void> | undefined;
  readonly #onOpened: (error?: DioramaError) => void;

  /** Use `openPool`. `onOpened` is called once: every thread is ready, or the error of the first that failed. */
  constructor(
    openPort: OpenWorkerPort,
    options: PoolOptions,
    onOpened: (error?: DioramaError) => void,
  ) {
    this.#onOpened = onOpened;
    this.#maxQueued = options.maxQueued;
    this.#maxAttempts = options.maxAttempts ?? DEFAULT_ATTEMPTS;
    for (let n = 0; n < options.size; n += 1) {
      const slotOptions = {
        openPort,
        startTimeoutMs: options.startTimeoutMs ?? DEFAULT_START_TIMEOUT_MS,
        abortGraceMs: options.abortGraceMs ?? DEFAULT_ABORT_GRACE_MS,
        name: `${options.name ?? 'worker'}-${n + 1}`,
        services: options.services ?? {},
      };
      const slot = new PoolSlot(slotOptions, {
        onChange: () => this.#pump(),
        onJobLost: (job, error) => this.#retry(job, error),
        onCrash: (error) => this.#noteCrash(error),
      });
      this.#slots.push(slot);
    }
  }

  /**
   * Does one request on the next free thread.
   * @throws DioramaError `QUEUE_FULL`, `CANCELLED`, `DEADLINE_EXCEEDED`, `WORKER_CRASHED`, and what the worker's
   * `handle` threw (`INTERNAL` when that was no Diorama error).
   */
  async run(request: Request, options: RunOptions = {}): Promise<Response> {
    if (this.#end !== undefined) throw closedError();
    if (options.signal?.aborted) throw errorOfAbort(options.signal);
    if (this.#isBroken) throw this.#brokenError();
    const isFree = this.#slots.some((slot) => slot.isIdle);
    if (!isFree && this.#waiting.length >= this.#maxQueued) {
      throw new DioramaError('QUEUE_FULL', 'Too many requests are waiting; try again later.', {
        detail: { queued: this.#waiting.length, maxQueued: this.#maxQueued },
      });
    }
    this.#lastId = (this.#lastId + 1) & 0x7fffffff;
    const job = new PoolJob(this.#lastId, request, options);
    job.watch((signal) => this.#cancel(job, errorOfAbort(signal)));
    this.#waiting.push(job);
    this.#pump();
    // The worker module promises the type; the boundary carries it unchecked.
    return (await job.answer) as Response;
  }

  /** How full the pool is now. `ready` is 0 when no thread could be started; that is tried again every half minute. */
  stats(): PoolStats {
    return {
      size: this.#slots.length,
      ready: this.#slots.filter((slot) => slot.isReady).length,
      busy: this.#slots.filter((slot) => slot.isBusy).length,
      queued: this.#waiting.length,
      crashes: this.#crashes,
      pids: this.#slots.flatMap((slot) => slot.pid ?? []),
    };
  }

  /** Ends every thread and refuses what waits or runs with `CANCELLED`. Safe to call again. */
  dispose(): Promise<void> {
    this.#end ??= this.#close(closedError());
    return this.#end;
  }

  async #close(error: DioramaError): Promise<void> {
    for (const job of this.#waiting.splice(0)) job.reject(error);
    this.#open(error);
    await Promise.all(this.#slots.map((slot) => slot.end(error)));
  }

  get #isBroken(): boolean {
    return this.#slots.every((slot) => slot.isLost);
  }

  #brokenError(): DioramaError {
    return new DioramaError('WORKER_CRASHED', 'No worker can be started any more.', {
      cause: this.#lastCrash,
    });
  }

  #pump(): void {
    if (this.#end !== undefined) return;
    for (const slot of this.#slots) {
      // A request that cannot be sent leaves its slot idle, so that the next one may have it.
      while (slot.isIdle) {
        const job = this.#waiting.shift();
        if (!job) break;
        slot.begin(job);
      }
    }
    if (this.#isBroken) for (const job of this.#waiting.splice(0)) job.reject(this.#brokenError());
    if (this.#slots.every((slot) => slot.isReady)) this.#open();
    this.#applyHold();
  }

  #cancel(job: PoolJob, error: DioramaError): void {
    const place = this.#waiting.indexOf(job);
    if (place >= 0) {
      this.#waiting.splice(place, 1);
      job.reject(error);
    } else {
      this.#slots.some((slot) => slot.abandon(job, error));
    }
    this.#applyHold();
  }

  #retry(job: PoolJob, error: DioramaError): void {
    if (job.mayTryAgain(this.#maxAttempts) && this.#end === undefined) this.#waiting.unshift(job);
    else job.reject(error);
  }

  #noteCrash(error: DioramaError): void {
    this.#crashes += 1;
    this.#lastCrash = error;
    // At the start a fault is the configuration's, so it is told at once instead of tried again.
    if (this.#isOpening) this.#end ??= this.#close(error);
  }

  #open(error?: DioramaError): void {
    if (!this.#isOpening) return;
    this.#isOpening = false;
    this.#onOpened(error);
  }

  #applyHold(): void {
    const isAwaited = this.#waiting.length > 0 || this.#slots.some((slot) => slot.isAwaited);
    for (const slot of this.#slots) slot.hold(this.#isOpening || isAwaited);
  }
}

/**
 * Opens a pool of workers that `openPort` starts, and waits until every thread is ready.
 * @throws DioramaError `CONFIG_INVALID` for a size or bound that is no such number, `DEADLINE_EXCEEDED` when a
 * thread is not ready in time, `WORKER_CRASHED` when one ends, and what a worker's `init` threw.
 */
export async function openPool<Request, Response>(
  openPort: OpenWorkerPort,
  options: PoolOptions,
): Promise<WorkerPool<Request, Response>> {
  assertCount(options.size, 1, 'threads');
  assertCount(options.maxQueued, 0, 'waiting requests');
  let pool: WorkerPool<Request, Response> | undefined;
  const failure = await new Promise<DioramaError | undefined>((resolve) => {
    pool = new WorkerPool(openPort, options, resolve);
  });
  if (pool && !failure) return pool;
  await pool?.dispose();
  throw failure ?? closedError();
}

function assertCount(count: number, least: number, what: string): void {
  if (Number.isInteger(count) && count >= least) return;
  throw new DioramaError(
    'CONFIG_INVALID',
    `The number of ${what} must be a whole number of at least ${least}, not ${count}.`,
  );
}

function closedError(): DioramaError {
  return new DioramaError('CANCELLED', 'The workers were ended.');
}
