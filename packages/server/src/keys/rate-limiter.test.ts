import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.ts';

describe('RateLimiter', () => {
  it("lets a minute's requests in at once, and then each after its share of a minute", () => {
    const rates = new RateLimiter();
    const take = (nowMs: number) => rates.take('a', 3, nowMs);
    expect(take(0)).toEqual({
      isAllowed: true,
      limit: 3,
      remaining: 2,
      resetSeconds: 20,
      retryAfterSeconds: 0,
    });
    expect(take(0)).toMatchObject({ isAllowed: true, remaining: 1, resetSeconds: 40 });
    expect(take(0)).toMatchObject({ isAllowed: true, remaining: 0, resetSeconds: 60 });
    expect(take(0)).toMatchObject({ isAllowed: false, remaining: 0, retryAfterSeconds: 20 });
    expect(take(5000)).toMatchObject({ isAllowed: false, retryAfterSeconds: 15 });
    expect(take(19_999)).toMatchObject({ isAllowed: false, retryAfterSeconds: 1 });
    expect(take(20_000)).toMatchObject({ isAllowed: true, remaining: 0, retryAfterSeconds: 20 });
  });

  it.each([1, 7, 59, 60, 61, 999, 100_000])(
    'lets in at %i a minute exactly who waited as long as was said, however often refused',
    (perMinute) => {
      const rates = new RateLimiter();
      let nowMs = 12_345.678;
      for (let round = 0; round < 5; round += 1) {
        while (rates.take('a', perMinute, nowMs).isAllowed);
        const { retryAfterSeconds } = rates.take('a', perMinute, nowMs);
        expect(retryAfterSeconds).toBeGreaterThanOrEqual(1);
        expect(retryAfterSeconds).toBeLessThanOrEqual(60);
        rates.take('a', perMinute, nowMs + 0.25);
        nowMs += retryAfterSeconds * 1000;
        expect(rates.take('a', perMinute, nowMs).isAllowed).toBe(true);
      }
    },
  );

  it('keeps keys apart, and never saves up more than a minute', () => {
    const rates = new RateLimiter();
    expect(rates.take('a', 1, 0).isAllowed).toBe(true);
    expect(rates.take('b', 1, 0).isAllowed).toBe(true);
    expect(rates.take('a', 1, 3_600_000)).toMatchObject({ isAllowed: true, remaining: 0 });
    expect(rates.take('a', 1, 3_600_000).isAllowed).toBe(false);
  });

  it('follows a limit that was changed', () => {
    const rates = new RateLimiter();
    rates.take('a', 100, 0);
    expect(rates.take('a', 2, 0)).toMatchObject({ isAllowed: true, limit: 2, remaining: 1 });
  });
});
