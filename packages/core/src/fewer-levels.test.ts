import { describe, expect, it } from 'vitest';
import { roundToLevels } from './fewer-levels.ts';
import { wordRaster } from './raster.ts';

describe('roundToLevels', () => {
  it.each([1, 5, 8, 12, 15])('keeps %i bits, from end to end, within half a level', (bits) => {
    const source = wordRaster({ width: 256, height: 256 }, 1);
    source.data.forEach((_, n) => {
      source.data[n] = n;
    });
    const { words, gain } = roundToLevels(source, bits);
    const step = 2 ** (16 - bits);
    expect(words.data.every((sample) => sample % step === 0)).toBe(true);
    expect(new Set(words.data).size).toBe(2 ** bits);
    const worst = words.data.reduce((most, v, n) => Math.max(most, Math.abs(v / gain - n)), 0);
    expect(worst).toBeLessThanOrEqual(65_535 / (2 ** bits - 1) / 2 + 1e-6);
  });

  it('leaves samples of 16 bits alone', () => {
    const source = wordRaster({ width: 2, height: 1 }, 1);
    source.data.set([1, 65_535]);
    expect(roundToLevels(source, 16)).toEqual({ words: source, gain: 1 });
  });
});
