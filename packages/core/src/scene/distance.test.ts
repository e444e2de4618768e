import { expect, it } from 'vitest';
import { distanceOf, inverseOf } from './distance.ts';

it('tells distances of inverse depths and back', () => {
  expect(distanceOf(1, 8)).toBe(1);
  expect(distanceOf(0, 8)).toBe(8);
  for (const inverse of [0, 0.2, 0.7, 1]) {
    expect(inverseOf(distanceOf(inverse, 8), 8)).toBeCloseTo(inverse, 9);
  }
  expect(inverseOf(0.1, 8)).toBe(1);
  expect(inverseOf(100, 8)).toBe(0);
});

it('has one distance in a scene without room', () => {
  expect(distanceOf(0.3, 1)).toBe(1);
  expect(inverseOf(1, 1)).toBe(1);
});
