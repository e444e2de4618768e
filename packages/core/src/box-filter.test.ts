import { describe, expect, it } from 'vitest';
import { noise } from '../test/scene.ts';
import { boxMean } from './box-filter.ts';

describe('boxMean', () => {
  it.each([
    [9, 7, 1, 1],
    [9, 7, 3, 2],
    [5, 6, 2, 0],
    [4, 3, 6, 9],
    [1, 8, 1, 2],
    [8, 1, 4, 3],
    [1, 1, 3, 1],
  ])(
    'is the mean over the window inside %i x %i x %i, radius %i',
    (width, height, channels, radius) => {
      const data = noise(width * height * channels);
      const mean = boxMean({ width, height, channels, data }, radius);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          for (let c = 0; c < channels; c++) {
            let sum = 0;
            let count = 0;
            for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
              for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
                sum += data[(v * width + u) * channels + c] ?? 0;
                count++;
              }
            }
            expect(mean.data[(y * width + x) * channels + c]).toBeCloseTo(sum / count, 5);
          }
        }
      }
    },
  );

  it('leaves a flat picture exactly flat', () => {
    const flat = { width: 40, height: 30, channels: 1, data: new Float32Array(1200).fill(0.3) };
    for (const value of boxMean(flat, 4).data) expect(value).toBeCloseTo(0.3, 7);
  });
});
