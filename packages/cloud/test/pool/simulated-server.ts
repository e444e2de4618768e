import { DioramaError } from '@diorama/core';
import type { ManualClock } from './manual-clock.ts';

interface Job {
  isWanted: boolean;
  readonly done: () => void;
  readonly failed: (error: DioramaError) => void;
}

/** A predictor that does one picture after the other, as one session does, and can be frozen and killed. */
export class SimulatedServer {
  readonly #clock: ManualClock;
  readonly #serviceMs: () => number;
  #queue: Job[] = [];
  #isBusy = false;
  #state: 'well' | 'frozen' | 'dead' = 'well';
  /** Of the life that it lives: what was begun in an earlier one is lost. */
  #life = 0;
  /** Milliseconds that it worked, also for nobody. */
  workedMs = 0;

  constructor(clock: ManualClock, serviceMs: () => number) {
    this.#clock = clock;
    this.#serviceMs = serviceMs;
  }

  set state(state: 'well' | 'frozen' | 'dead') {
    const before = this.#state;
    this.#state = state;
    if (state === 'dead') {
      this.#life += 1;
      this.#isBusy = false;
      const lost = this.#queue;
      this.#queue = [];
      for (const job of lost) job.failed(gone());
    }
    if (before === 'frozen' && state === 'well') this.#next();
  }

  /** Takes a picture as a server does over a socket that nobody has to look at. */
  async work(signal?: AbortSignal): Promise<void> {
    await this.#clock.wait(1);
    if (this.#state === 'dead') throw gone();
    await new Promise<void>((done, failed) => {
      const job: Job = { isWanted: true, done, failed };
      signal?.addEventListener('abort', () => {
        job.isWanted = false;
        failed(signal.reason);
      });
      this.#queue.push(job);
      this.#next();
    });
  }

  async health(): Promise<void> {
    await this.#clock.wait(1);
    if (this.#state === 'dead') throw gone();
    if (this.#state === 'frozen') await new Promise(() => undefined);
  }

  #next(): void {
    if (this.#isBusy || this.#state !== 'well') return;
    const job = this.#queue.find(({ isWanted }) => isWanted);
    if (!job) {
      this.#queue = [];
      return;
    }
    this.#isBusy = true;
    const life = this.#life;
    const serviceMs = this.#serviceMs();
    const finish = (): void => {
      if (life !== this.#life) return;
      if (this.#state === 'frozen') {
        this.#clock.after(10, finish);
        return;
      }
      this.workedMs += serviceMs;
      this.#queue = this.#queue.filter((other) => other !== job);
      this.#isBusy = false;
      job.done();
      this.#next();
    };
    this.#clock.after(serviceMs, finish);
  }
}

function gone(): DioramaError {
  return new DioramaError('PREDICTOR_UNAVAILABLE', 'The predictor could not be reached.');
}
