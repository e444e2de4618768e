import { expect, it } from 'vitest';
import { ticksOf } from './movie-times.ts';

it.each([
  [30, 100],
  [24, 1000],
  [15, 100],
  [60, 1000],
])(
  'pictures at %i a second in ticks of 1/%i s last exactly as long as they should',
  (rate, ticks) => {
    const all = Array.from({ length: rate * 7 }, (_, index) => ticksOf(index, rate, ticks));
    expect(all.reduce((sum, each) => sum + each, 0)).toBe(7 * ticks);
    expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1);
  },
);
