import { describe, expect, it } from 'vitest';
import { cpuTimes, interleave, wallTimes } from './interleave.ts';

function steppingClock() {
  let now = 0;
  return {
    clock: () => ({ wallMs: now, cpuMs: now / 2 }),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('interleave', () => {
  it('runs the tasks in turns and throws the warm-up rounds away', async () => {
    const { clock, pass } = steppingClock();
    const order: string[] = [];
    const task = (name: string, firstMs: number, laterMs: number) => {
      let runs = 0;
      return async () => {
        order.push(name);
        pass(runs++ === 0 ? firstMs : laterMs);
      };
    };
    const times = await interleave(
      { fast: task('fast', 50, 1), slow: task('slow', 500, 20) },
      { warmUps: 1, rounds: 2, clock },
    );
    expect(order).toEqual(['fast', 'slow', 'fast', 'slow', 'fast', 'slow']);
    expect(times).toEqual({
      fast: [
        { wallMs: 1, cpuMs: 0.5 },
        { wallMs: 1, cpuMs: 0.5 },
      ],
      slow: [
        { wallMs: 20, cpuMs: 10 },
        { wallMs: 20, cpuMs: 10 },
      ],
    });
  });

  it('waits for each task before the next', async () => {
    const { clock, pass } = steppingClock();
    let running = 0;
    let most = 0;
    const task = async () => {
      running++;
      most = Math.max(most, running);
      await Promise.resolve();
      pass(3);
      running--;
    };
    const times = await interleave({ a: task, b: task }, { warmUps: 0, rounds: 3, clock });
    expect(most).toBe(1);
    expect([wallTimes(times.a), cpuTimes(times.b)]).toEqual([
      [3, 3, 3],
      [1.5, 1.5, 1.5],
    ]);
  });

  it('hands on what a task throws', async () => {
    const task = async () => {
      throw new RangeError('broken');
    };
    await expect(interleave({ task }, { warmUps: 0, rounds: 1 })).rejects.toThrow('broken');
  });
});
