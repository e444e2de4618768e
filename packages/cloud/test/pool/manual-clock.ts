import type { Clock } from '@diorama/cloud';

interface Timer {
  readonly atMs: number;
  readonly run: () => void;
}

/** Time that passes only when a test lets it, and stops at each timer on the way. */
export class ManualClock implements Clock {
  readonly #timers = new Set<Timer>();
  #nowMs = 0;

  nowMs(): number {
    return this.#nowMs;
  }

  epochMs(): number {
    return 1_700_000_000_000 + this.#nowMs;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { atMs: this.#nowMs + Math.max(delayMs, 0), run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Timers that nobody ended. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Work that is done when this answers, unless it waits for time. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      await settled();
      const next = [...this.#timers]
        .filter(({ atMs }) => atMs <= untilMs)
        .sort((a, b) => a.atMs - b.atMs)[0];
      if (!next) break;
      this.#timers.delete(next);
      this.#nowMs = next.atMs;
      next.run();
    }
    this.#nowMs = untilMs;
  }

  /** Resolves after so long, unless the signal aborts before. */
  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = this.after(ms, resolve);
      signal?.addEventListener('abort', () => {
        stop();
        reject(signal.reason);
      });
    });
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
