import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StepClock } from './step-clock.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] }));
afterEach(() => vi.useRealTimers());

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('StepClock', () => {
  it('adds up what one step took in several pieces', async () => {
    const clock = new StepClock();
    for (const ms of [10, 30]) {
      const measured = clock.measure('decode', after(ms));
      await vi.advanceTimersByTimeAsync(ms);
      await measured;
    }
    expect(clock.timingsMs()).toEqual({ decode: 40 });
  });

  it('counts time once where a step is made inside another', async () => {
    const clock = new StepClock();
    const work = async () => {
      for (const ms of clock.measureEach('refine', valuesThatTake([5, 6]))) await after(ms);
    };
    const measured = clock.measure('encode', work());
    await vi.advanceTimersByTimeAsync(1000);
    await measured;
    expect(clock.timingsMs()).toEqual({ refine: 11, encode: 11 });
  });

  it('counts a step that failed', async () => {
    const clock = new StepClock();
    const failing = after(7).then(() => Promise.reject(new RangeError('no')));
    const measured = expect(clock.measure('encode', failing)).rejects.toThrow('no');
    await vi.advanceTimersByTimeAsync(7);
    await measured;
    expect(clock.timingsMs()).toEqual({ encode: 7 });
  });
});

/** Values that each take their own time to be made. */
function* valuesThatTake(durationsMs: readonly number[]): Generator<number> {
  for (const ms of durationsMs) {
    vi.advanceTimersByTime(ms);
    yield ms;
  }
}
