import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { deal, keepInFlight } from './in-flight.ts';

describe('keepInFlight', () => {
  it('does each item once, and never more at once than it may', async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;
    await keepInFlight([1, 2, 3, 4, 5], 2, async (item) => {
      most = Math.max(most, ++running);
      await sleep(2);
      running--;
      done.push(item);
    });
    expect(done.sort()).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('sees an event loop that stands still', async () => {
    const { loopDelayMs, wallMs } = await keepInFlight([1], 1, async () => {
      await sleep(20);
      const until = performance.now() + 100;
      while (performance.now() < until);
      await sleep(20);
    });
    expect(loopDelayMs.most).toBeGreaterThan(80);
    expect(wallMs).toBeGreaterThan(120);
  });

  it('hands on what a task throws', async () => {
    const task = async () => {
      throw new RangeError('broken');
    };
    await expect(keepInFlight([1], 2, task)).rejects.toThrow('broken');
  });
});

describe('deal', () => {
  it('gives each heap its share of small and large', () => {
    expect(deal([1, 2, 3, 4, 5], 2)).toEqual([
      [1, 3, 5],
      [2, 4],
    ]);
  });
});
