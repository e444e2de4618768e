import { describe, expect, it } from 'vitest';
import { mean, median, quantile, relativeSpread } from './statistics.ts';

describe('median', () => {
  it('is the middle of an odd number of values, whatever their order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the two in the middle of an even number', () => {
    expect(median([10, 1, 4, 2])).toBe(3);
  });

  it('does not follow one wild value', () => {
    expect(median([10, 11, 12, 13, 100_000])).toBe(12);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('is NaN for no values', () => {
    expect(median([])).toBeNaN();
  });
});

describe('quantile', () => {
  it('lies between neighbours in a straight line', () => {
    expect(quantile([0, 10, 20, 30], 0.5)).toBe(15);
    expect(quantile([0, 10, 20, 30], 0.25)).toBeCloseTo(7.5);
  });

  it('ends at the smallest and the largest value', () => {
    expect([quantile([4, 2, 8], 0), quantile([4, 2, 8], 1), quantile([4, 2, 8], 7)]).toEqual([
      2, 8, 8,
    ]);
  });
});

describe('relativeSpread', () => {
  it('is the middle half over the median', () => {
    expect(relativeSpread([80, 90, 100, 110, 120])).toBeCloseTo(0.2);
  });

  it('is 0 for equal values', () => {
    expect(relativeSpread([7, 7, 7])).toBe(0);
  });
});

describe('mean', () => {
  it('is the sum over the count', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(mean([])).toBeNaN();
  });
});
