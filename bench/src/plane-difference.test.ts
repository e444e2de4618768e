import { describe, expect, it } from 'vitest';
import { meanDifference } from './plane-difference.ts';

const plane = (data: readonly number[]) => ({ width: data.length, height: 1, data });

describe('meanDifference', () => {
  it('is the mean of the differences, whichever is larger', () => {
    expect(meanDifference(plane([0, 255, 10, 10]), plane([2, 250, 10, 11]))).toBe(2);
    expect(meanDifference(plane([2, 250, 10, 11]), plane([0, 255, 10, 10]))).toBe(2);
  });

  it('is nothing between equal planes', () => {
    expect(meanDifference(plane([7]), plane([7]))).toBe(0);
  });

  it('refuses planes of other sizes', () => {
    expect(() => meanDifference(plane([1, 2]), plane([1]))).toThrow(/2x1 and 1x1/);
    expect(() =>
      meanDifference({ width: 1, height: 2, data: [1, 2] }, { width: 2, height: 1, data: [1, 2] }),
    ).toThrow(/1x2 and 2x1/);
  });
});
