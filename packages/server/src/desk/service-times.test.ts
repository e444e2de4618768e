import { describe, expect, it } from 'vitest';
import { ServiceTimes, type WorkSize } from './service-times.ts';

function sized(megapixels: number, layers = 4, kind = 'layers'): WorkSize {
  return { kind, megapixels, layerMegapixels: megapixels * layers };
}

describe('ServiceTimes', () => {
  it('guesses more for larger photos and for more layers before it has seen any', () => {
    const times = new ServiceTimes();
    expect(times.estimateMs(sized(12))).toBeGreaterThan(times.estimateMs(sized(1)));
    expect(times.estimateMs(sized(12, 4))).toBeGreaterThan(times.estimateMs(sized(12, 1)));
  });

  it('comes to know how long photos take that are all alike, and follows when that changes', () => {
    const times = new ServiceTimes();
    for (const ms of [5000, 200]) {
      for (let n = 0; n < 60; n += 1) times.learn(sized(12), ms);
      expect(times.estimateMs(sized(12))).toBeCloseTo(ms, 0);
      expect(times.typicalMs).toBeCloseTo(ms, 0);
    }
  });

  it('learns the fixed part and the part by pixels from photos of several sizes', () => {
    const times = new ServiceTimes();
    const machine = ({ megapixels, layerMegapixels }: WorkSize) =>
      120 + 70 * megapixels + 10 * layerMegapixels;
    const seen = [sized(0.5), sized(12, 1), sized(3), sized(24), sized(12)];
    for (let n = 0; n < 2000; n += 1) {
      const size = seen[n % seen.length] ?? sized(1);
      times.learn(size, machine(size));
    }
    for (const size of [...seen, sized(8)]) {
      expect(Math.abs(times.estimateMs(size) / machine(size) - 1)).toBeLessThan(0.15);
    }
  });

  it('keeps models apart', () => {
    const times = new ServiceTimes();
    for (let n = 0; n < 40; n += 1) times.learn(sized(1, 4, 'slow'), 60_000);
    expect(times.estimateMs(sized(1, 4, 'quick'))).toBeLessThan(1000);
  });

  it('never estimates nothing', () => {
    const times = new ServiceTimes();
    for (let n = 0; n < 100; n += 1) times.learn(sized(12), 0);
    expect(times.estimateMs(sized(0.001))).toBeGreaterThanOrEqual(1);
  });
});
