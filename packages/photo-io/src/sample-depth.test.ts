import { describe, expect, it } from 'vitest';
import { toBytes, toWords } from './sample-depth.ts';

describe('toBytes', () => {
  it('rounds every 16-bit value to the nearest of 256 steps', () => {
    const words = Uint16Array.from({ length: 65_536 }, (_, value) => value);
    const bytes = toBytes(words);
    const wrong = words.filter((value) => bytes[value] !== Math.round(value / 257));
    expect(wrong).toHaveLength(0);
  });

  it('rounds, clamps and takes NaN for 0', () => {
    const floats = Float32Array.of(0, 0.5, 1, -1, 2, Number.NaN, Infinity, -Infinity, 1 / 255);
    expect([...toBytes(floats)]).toEqual([0, 128, 255, 0, 255, 0, 255, 0, 1]);
  });
});

describe('toWords', () => {
  it('rounds, clamps and takes NaN for 0', () => {
    const floats = Float32Array.of(0, 0.5, 1, -1, 2, Number.NaN, 1 / 65_535);
    expect([...toWords(floats)]).toEqual([0, 32_768, 65_535, 0, 65_535, 0, 1]);
  });
});
