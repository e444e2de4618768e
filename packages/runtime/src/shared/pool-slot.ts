import { DioramaError } from '@diorama/core';
import type { PoolJob } from './pool-job.ts';
import { PoolThread, type ThreadOptions } from './pool-thread.ts';
import { holdTimer } from './timer-hold.ts';

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 5_000;
/** Starts in a row that may fail before nobody waits for a place any more. */
const MAX_FAILED_STARTS = 3;
/** How often such a place is tried again all the same: memory or a device that was short may be there again. */
const LOST_DELAY_MS = 30_000;

export interface SlotOptions extends ThreadOptions {
  /** How long an abandoned task may hold the thread before the thread is ended and replaced. */
  readonly abortGraceMs: number;
}

export interface SlotEvents {
  /** The slot became idle, or was lost: look at the queue again. */
  onChange(): void;
  /** The thread died under this job; it is not settled. */
  onJobLost(job: PoolJob, error: DioramaError): void;
  /** A thread died; `error` says why. */
  onCrash(error: DioramaError): void;
}

/** One place in a pool: a thread, its replacement after a crash, and the job that it does. */
export class PoolSlot {
  readonly #options: SlotOptions;
  readonly #events: SlotEvents;
  #thread: PoolThread | undefined;
  #job: PoolJob | undefined;
  readonly #leaving = new Set<Promise<void>>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isReady = false;
  #isHeld = true;
  #isEnded = false;
  #failedStarts = 0;
  #crashesInARow = 0;

  constructor(options: SlotOptions, events: SlotEvents) {
    this.#options = options;
    this.#events = events;
    this.#start();
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  get isIdle(): boolean {
    return this.#isReady && this.#job === undefined;
  }

  get isBusy(): boolean {
    return this.#job !== undefined;
  }

  /** Whether somebody waits for what the thread does. */
  get isAwaited(): boolean {
    return this.#job !== undefined && !this.#job.isSettled;
  }

  /** Whether nobody should wait for the place, because its thread would not start. */
  get isLost(): boolean {
    return this.#failedStarts >= MAX_FAILED_STARTS;
  }

  get pid(): number | undefined {
    return this.#thread?.pid;
  }

  begin(job: PoolJob): void {
    job.attempts += 1;
    this.#job = job;
    job.options.onStart?.();
    try {
      this.#thread?.begin(job.id, job.request, job.options.transfer ?? []);
    } catch (error) {
      this.#job = undefined;
      const message = 'The request cannot be sent to a worker.';
      job.reject(new DioramaError('INTERNAL', message, { cause: error }));
    }
  }

  /** Refuses the job when this slot is doing it; the thread stays busy until the task settles. */
  abandon(job: PoolJob, error: DioramaError): boolean {
    if (this.#job !== job) return false;
    this.#thread?.abort(job.id, error);
    job.reject(error);
    this.#timer = setTimeout(() => this.#replace(), this.#options.abortGraceMs);
    this.#applyHold();
    return true;
  }

  /** Whether the slot keeps the process alive. */
  hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld) return;
    this.#isHeld = isHeld;
    this.#applyHold();
  }

  async end(error: DioramaError): Promise<void> {
    this.#isEnded = true;
    this.#isReady = false;
    clearTimeout(this.#timer);
    if (this.#job && !this.#job.isSettled) this.#job.reject(error);
    this.#job = undefined;
    await Promise.all([this.#thread?.end(), ...this.#leaving]);
    this.#thread = undefined;
  }

  #start(): void {
    this.#thread = new PoolThread(this.#options, {
      onReady: () => {
        this.#isReady = true;
        this.#failedStarts = 0;
        this.#events.onChange();
      },
      onNoted: (task, note) => {
        const job = this.#job;
        if (job?.id === task && !job.isSettled) job.options.onNote?.(note);
      },
      onSettled: (task, outcome) => {
        const job = this.#job;
        if (job?.id !== task) return;
        clearTimeout(this.#timer);
        this.#job = undefined;
        this.#crashesInARow = 0;
        if (!job.isSettled) {
          if ('error' in outcome) job.reject(outcome.error);
          else job.resolve(outcome.value);
        }
        this.#events.onChange();
      },
      onGone: (error) => this.#recover(error),
    });
    this.#applyHold();
  }

  #recover(error: DioramaError): void {
    if (!this.#isReady) this.#failedStarts += 1;
    this.#isReady = false;
    if (this.#thread) this.#letLeave(this.#thread);
    this.#thread = undefined;
    clearTimeout(this.#timer);
    const job = this.#job;
    this.#job = undefined;
    const delayMs = Math.min(FIRST_DELAY_MS * 2 ** this.#crashesInARow, LONGEST_DELAY_MS);
    this.#crashesInARow += 1;
    this.#events.onCrash(error);
    if (!this.#isEnded) {
      this.#timer = setTimeout(() => this.#start(), this.isLost ? LOST_DELAY_MS : delayMs);
      this.#applyHold();
    }
    if (job && !job.isSettled) this.#events.onJobLost(job, error);
    this.#events.onChange();
  }

  /** Ends a thread whose abandoned task never settled. */
  #replace(): void {
    const message = 'A cancelled task held its worker too long.';
    this.#recover(
      new DioramaError('WORKER_CRASHED', message, { detail: { worker: this.#options.name } }),
    );
  }

  /** Whoever ends the pool waits for those, too, that were replaced and are not gone yet. */
  #letLeave(thread: PoolThread): void {
    const leaving = thread.end().finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }

  #applyHold(): void {
    this.#thread?.hold(this.#isHeld);
    holdTimer(this.#timer, this.#isHeld);
  }
}
