import { describe, expect, it } from 'vitest';
import { cleanMatte, normaliseInverseDepth, roundInverseDepth, roundMatte } from './depth-range.ts';

const planeOf = (width: number, height: number, data: ArrayLike<number>) => ({
  width,
  height,
  channels: 1,
  data: Float32Array.from(data),
});

/** A slope of 20 x 10 with `broken` samples replaced by what is no number. */
function slope(broken: number) {
  const plane = planeOf(
    20,
    10,
    Array.from({ length: 200 }, (_, i) => 3 + (i % 20) + i / 20),
  );
  for (let k = 0; k < broken; k++) plane.data[45 + 37 * k] = k % 2 ? Number.NaN : Infinity;
  return plane;
}

describe('normaliseInverseDepth', () => {
  it('stretches to 0..1 and says how to get back', () => {
    const raw = planeOf(2, 2, [-4, 6, 1, 0]);
    const { inverse, scale, shift } = normaliseInverseDepth(raw);
    expect([...inverse.data]).toEqual([0, 1, 0.5, Math.fround(0.4)]);
    inverse.data.forEach((value, i) => {
      expect(scale * value + shift).toBeCloseTo(raw.data[i] ?? Number.NaN, 5);
    });
  });

  it('does not care about scale and shift of the raw depth', () => {
    const raw = slope(0);
    const other = planeOf(
      20,
      10,
      raw.data.map((v) => 1e-4 * v - 7e-4),
    );
    const a = normaliseInverseDepth(raw).inverse.data;
    const b = normaliseInverseDepth(other).inverse.data;
    a.forEach((value, i) => {
      expect(b[i]).toBeCloseTo(value, 5);
    });
  });

  it.each([[0], [2.5], [-1e6]])('has an answer for %f everywhere', (value) => {
    const answer = normaliseInverseDepth(planeOf(3, 2, new Array(6).fill(value)));
    expect([...answer.inverse.data]).toEqual(new Array(6).fill(0.5));
    expect([answer.scale, answer.shift]).toEqual([0, value]);
  });

  it('takes differences in the last digit for none', () => {
    const answer = normaliseInverseDepth(planeOf(2, 1, [1, 1 + 2 ** -22]));
    expect(answer.scale).toBe(0);
    expect(answer.shift).toBeCloseTo(1, 6);
  });

  it('fills a few broken samples from their surroundings', () => {
    const whole = normaliseInverseDepth(slope(0));
    const mended = normaliseInverseDepth(slope(2));
    expect(mended.scale).toBe(whole.scale);
    mended.inverse.data.forEach((value, i) => {
      expect(Math.abs(value - (whole.inverse.data[i] ?? 0))).toBeLessThan(0.06);
    });
  });

  it('refuses more than one broken sample in a hundred with MODEL_OUTPUT_INVALID', () => {
    expect(() => normaliseInverseDepth(slope(3))).toThrow(
      expect.objectContaining({ code: 'MODEL_OUTPUT_INVALID' }),
    );
    expect(() => normaliseInverseDepth(planeOf(1, 1, [Number.NaN]))).toThrow(
      expect.objectContaining({ code: 'MODEL_OUTPUT_INVALID' }),
    );
  });
});

describe('cleanMatte', () => {
  it('holds alpha to 0..1 and leaves what is inside', () => {
    const matte = cleanMatte(planeOf(4, 1, [-0.2, 0.25, 1.5, 1]));
    expect([...matte.data]).toEqual([0, 0.25, 1, 1]);
  });

  it('fills a few broken samples and refuses many with MODEL_OUTPUT_INVALID', () => {
    const raw = planeOf(20, 10, new Array(200).fill(0.75));
    raw.data[77] = Number.NaN;
    expect(cleanMatte(raw).data.every((v) => v === 0.75)).toBe(true);
    raw.data.fill(Number.NEGATIVE_INFINITY, 0, 10);
    expect(() => cleanMatte(raw)).toThrow(
      expect.objectContaining({ code: 'MODEL_OUTPUT_INVALID' }),
    );
  });
});

describe('roundInverseDepth', () => {
  it.each([
    ['a slope', slope(0)],
    ['a slope with holes', slope(2)],
    ['a flat plane', planeOf(2, 2, [7, 7, 7, 7])],
  ])('rounds what normalising makes of %s', (_what, raw) => {
    const { inverse, scale, shift } = normaliseInverseDepth(raw);
    const rounded = roundInverseDepth(raw);
    expect(rounded).toMatchObject({ scale, shift });
    inverse.data.forEach((value, i) => {
      expect(Math.abs((rounded.words.data[i] ?? -1) / 65_535 - value)).toBeLessThan(0.51 / 65_535);
    });
  });

  it('refuses a plane that is mostly no numbers', () => {
    expect(() => roundInverseDepth(planeOf(2, 1, [Number.NaN, 1]))).toThrow('not numbers');
  });
});

describe('roundMatte', () => {
  it('rounds, and holds to 0..255', () => {
    const raw = planeOf(3, 2, [-1, 0.001, 0.5, 0.999, 1, 7]);
    expect([...roundMatte(raw).data]).toEqual([0, 0, 128, 255, 255, 255]);
  });
});
