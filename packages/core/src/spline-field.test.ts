import { describe, expect, it } from 'vitest';
import { noise } from '../test/scene.ts';
import { footprintStarts, splineRow, splineWalk } from './spline-field.ts';

/** The quadratic B-spline kernel. */
function kernel(distance: number): number {
  const d = Math.abs(distance);
  if (d < 0.5) return 0.75 - d * d;
  return d < 1.5 ? 0.5 * (1.5 - d) ** 2 : 0;
}

describe('footprintStarts', () => {
  it('gives every fine pixel to the coarse one under its centre', () => {
    for (const [coarse, fine] of [
      [5, 37],
      [7, 7],
      [9, 4],
      [1, 3],
    ] as const) {
      const starts = footprintStarts(coarse, fine);
      expect(starts[0]).toBe(0);
      expect(starts[coarse]).toBe(fine);
      for (let j = 0; j < coarse; j++) {
        for (let i = starts[j] ?? 0; i < (starts[j + 1] ?? 0); i++) {
          expect(Math.floor(((i + 0.5) * coarse) / fine)).toBe(j);
        }
      }
    }
  });
});

describe('splineRow and splineWalk', () => {
  it.each([
    [6, 5, 2, 31, 17],
    [4, 4, 1, 4, 4],
    [5, 3, 3, 3, 2],
    [1, 1, 6, 5, 3],
    [1, 4, 1, 1, 9],
  ])('walk the B-spline of a %i x %i x %i field over %i x %i', (width, height, channels, w, h) => {
    const field = { width, height, channels, data: noise(width * height * channels) };
    const starts = footprintStarts(width, w);
    const row = new Float64Array((width + 2) * channels);
    const walk = new Float64Array(width * channels * 3);
    for (let y = 0; y < h; y++) {
      const at = ((y + 0.5) * height) / h;
      splineRow(field, at, 0, width, row);
      splineWalk(row, channels, 0, width, starts, width / w, walk);
      for (let j = 0; j < width; j++) {
        for (let c = 0; c < channels; c++) {
          let value = walk[(j * channels + c) * 3] ?? 0;
          let rise = walk[(j * channels + c) * 3 + 1] ?? 0;
          for (let x = starts[j] ?? 0; x < (starts[j + 1] ?? 0); x++) {
            const across = ((x + 0.5) * width) / w;
            let expected = 0;
            for (let v = -1; v <= height; v++) {
              for (let u = -1; u <= width; u++) {
                const cv = Math.min(Math.max(v, 0), height - 1);
                const cu = Math.min(Math.max(u, 0), width - 1);
                const weight = kernel(at - v - 0.5) * kernel(across - u - 0.5);
                expected += weight * (field.data[(cv * width + cu) * channels + c] ?? 0);
              }
            }
            expect(value).toBeCloseTo(expected, 6);
            value += rise;
            rise += walk[(j * channels + c) * 3 + 2] ?? 0;
          }
        }
      }
    }
  });
});
