import { describe, expect, it } from 'vitest';
import { isWorthRetry, retryDelayMs, WEBHOOK_TRIES } from './retry-delay.ts';

describe('retryDelayMs', () => {
  it('grows with each try that failed, and ends within some minutes', () => {
    const tries = Array.from({ length: WEBHOOK_TRIES - 1 }, (_, n) => n + 1);
    const longest = tries.map((n) => retryDelayMs(n, 1));
    const shortest = tries.map((n) => retryDelayMs(n, 0));
    for (const n of tries.slice(1)) {
      // Even the shortest wait is longer than the longest before it.
      expect(shortest[n - 1]).toBeGreaterThan(longest[n - 2] ?? Infinity);
    }
    expect(longest.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(10 * 60_000);
  });

  it('spreads what failed together', () => {
    expect(retryDelayMs(1, 0)).toBe(3750);
    expect(retryDelayMs(1, 0.5)).toBe(5000);
    expect(retryDelayMs(1, 1)).toBe(6250);
  });
});

describe('isWorthRetry', () => {
  it('is so for a receiver that has too much to do or is broken, and for no other', () => {
    const statuses = [200, 301, 400, 401, 404, 408, 410, 429, 500, 502, 503, 599];
    expect(statuses.filter(isWorthRetry)).toEqual([429, 500, 502, 503, 599]);
  });
});
