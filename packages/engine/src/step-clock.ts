import type { StepName } from '@diorama/contract';

/**
 * Milliseconds that a person waited for each step. Steps that run beside each other are counted once: decoding is
 * what fit and refine had to wait for it, encoding what was left of it beside refine.
 */
export class StepClock {
  private readonly spent = new Map<StepName, number>();

  /** Counts the time until a promise settles, less what other steps took of it meanwhile. */
  async measure<T>(step: StepName, work: Promise<T>): Promise<T> {
    const others = this.total();
    const start = performance.now();
    try {
      return await work;
    } finally {
      this.count(step, performance.now() - start - (this.total() - others));
    }
  }

  /** Counts the time that a function takes. */
  time<T>(step: StepName, work: () => T): T {
    const start = performance.now();
    try {
      return work();
    } finally {
      this.count(step, performance.now() - start);
    }
  }

  /** Counts the time that an iterator needs to make each of its values. */
  *measureEach<T>(step: StepName, values: Iterable<T>): Generator<T> {
    const iterator = values[Symbol.iterator]();
    for (;;) {
      const next = this.time(step, () => iterator.next());
      if (next.done) return;
      yield next.value;
    }
  }

  /** Counts what another clock measured. */
  add(timingsMs: Partial<Record<StepName, number>>): void {
    for (const [step, ms] of Object.entries(timingsMs)) this.count(step as StepName, ms); // keys by the type
  }

  /** Whole tenths of a millisecond: finer ones tell nothing. */
  timingsMs(): Partial<Record<StepName, number>> {
    return Object.fromEntries(
      [...this.spent].map(([step, ms]) => [step, Math.round(ms * 10) / 10]),
    );
  }

  private count(step: StepName, ms: number): void {
    this.spent.set(step, (this.spent.get(step) ?? 0) + Math.max(0, ms));
  }

  private total(): number {
    let sum = 0;
    for (const ms of this.spent.values()) sum += ms;
    return sum;
  }
}
