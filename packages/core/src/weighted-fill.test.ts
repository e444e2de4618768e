import { describe, expect, it } from 'vitest';
import { floatRaster } from './raster.ts';
import { fillByWeight } from './weighted-fill.ts';

describe('fillByWeight', () => {
  const size = { width: 37, height: 23 };

  it('keeps what is known and reads nothing else', () => {
    const plane = floatRaster(size, 1);
    const weights = floatRaster(size, 1);
    plane.data.fill(Number.NaN);
    for (let i = 0; i < plane.data.length; i += 7) {
      plane.data[i] = i;
      weights.data[i] = 1;
    }
    const filled = fillByWeight(plane, weights);
    filled.data.forEach((value, i) => {
      if (i % 7 === 0) expect(value).toBe(i);
      else expect(Math.abs(value - i)).toBeLessThan(6 * size.width);
    });
  });

  it('carries one known value to every corner', () => {
    const plane = floatRaster(size, 1);
    const weights = floatRaster(size, 1);
    plane.data[400] = 0.3;
    weights.data[400] = 0.01;
    for (const value of fillByWeight(plane, weights).data) expect(value).toBeCloseTo(0.3, 6);
  });

  it('bridges a gap in a slope without a step', () => {
    const plane = floatRaster({ width: 64, height: 64 }, 1);
    const weights = floatRaster(plane, 1);
    plane.data.forEach((_, i) => {
      const x = i % 64;
      plane.data[i] = x / 64;
      weights.data[i] = x < 24 || x >= 40 ? 1 : 0;
    });
    const filled = fillByWeight(plane, weights);
    for (let x = 1; x < 64; x++) {
      const rise = (filled.data[32 * 64 + x] ?? 0) - (filled.data[32 * 64 + x - 1] ?? 0);
      expect(rise).toBeGreaterThanOrEqual(-1e-6);
      expect(rise).toBeLessThan(6 / 64);
    }
  });

  it('gives a plane of which nothing is known back as it is', () => {
    const plane = { width: 2, height: 1, channels: 1, data: Float32Array.of(3, 4) };
    expect([...fillByWeight(plane, floatRaster(plane, 1)).data]).toEqual([3, 4]);
  });
});
