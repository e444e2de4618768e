import { expect, test } from 'vitest';
import { noise } from '../../test/scene.ts';
import { squaredDistances } from './distance-field.ts';

test.each([
  [13, 9, 0.9],
  [1, 20, 0.7],
  [20, 1, 0.7],
  [30, 30, 0.99],
])('of %i x %i is what comparing all pixels finds', (width, height, threshold) => {
  const set = Uint8Array.from(noise(width * height), (value) => (value > threshold ? 1 : 0));
  const found = squaredDistances({ width, height }, set);
  for (let i = 0; i < set.length; i++) {
    let nearest = Number.POSITIVE_INFINITY;
    for (let j = 0; j < set.length; j++) {
      const dx = (i % width) - (j % width);
      const dy = Math.floor(i / width) - Math.floor(j / width);
      if (set[j]) nearest = Math.min(nearest, dx * dx + dy * dy);
    }
    expect(found[i]).toBe(nearest);
  }
});

test('is infinite where nothing is set', () => {
  const far = squaredDistances({ width: 2, height: 2 }, new Uint8Array(4));
  expect([...far]).toEqual(Array(4).fill(Number.POSITIVE_INFINITY));
});
