import { expect, it } from 'vitest';
import { noise } from '../test/scene.ts';
import { localMaximum, localMinimum } from './neighbourhood.ts';

it.each([
  [9, 7, 1],
  [6, 5, 4],
  [5, 1, 2],
  [1, 6, 9],
  [4, 4, 0],
])('finds the extremes of every window of %i x %i, radius %i', (width, height, radius) => {
  const source = { width, height, channels: 1, data: noise(width * height) };
  const low = localMinimum(source, radius);
  const high = localMaximum(source, radius);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const around = [...source.data].filter(
        (_, i) =>
          Math.abs((i % width) - x) <= radius && Math.abs(Math.floor(i / width) - y) <= radius,
      );
      expect(low.data[y * width + x]).toBe(Math.min(...around));
      expect(high.data[y * width + x]).toBe(Math.max(...around));
    }
  }
});
