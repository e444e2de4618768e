import { describe, expect, it } from 'vitest';
import { noise } from '../test/scene.ts';
import { guidedSlopes, guideStatistics } from './guided-filter.ts';

const WIDTH = 9;
const HEIGHT = 7;
const OPTIONS = { radius: 2, epsilon: 0.004 };

/** Pixel indices of the window inside the picture. */
function windowOf(x: number, y: number): number[] {
  const { radius } = OPTIONS;
  const indices: number[] = [];
  for (let v = Math.max(0, y - radius); v <= Math.min(HEIGHT - 1, y + radius); v++) {
    for (let u = Math.max(0, x - radius); u <= Math.min(WIDTH - 1, x + radius); u++) {
      indices.push(v * WIDTH + u);
    }
  }
  return indices;
}

const meanOf = (indices: number[], at: (i: number) => number) =>
  indices.reduce((sum, i) => sum + at(i), 0) / indices.length;

/** Solves a 3x3 system by elimination. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (let p = 0; p < 3; p++) {
    const pivot = rows[p] ?? [];
    for (let r = 0; r < 3; r++) {
      const row = rows[r] ?? [];
      if (r === p) continue;
      const factor = (row[p] ?? 0) / (pivot[p] ?? 1);
      for (let c = 0; c < 4; c++) row[c] = (row[c] ?? 0) - factor * (pivot[c] ?? 0);
    }
  }
  return rows.map((row, i) => (row[3] ?? 0) / (row[i] ?? 1));
}

/** Equation 19 for one window: the slopes by each colour 0..1. */
function windowSlopes(colours: Uint8Array, plane: Float32Array, x: number, y: number): number[] {
  const inside = windowOf(x, y);
  const colour = (c: number) => (i: number) => (colours[i * 3 + c] ?? 0) / 255;
  const p = (i: number) => plane[i] ?? 0;
  const means = [0, 1, 2].map((c) => meanOf(inside, colour(c)));
  const covariance = [0, 1, 2].map((a) =>
    [0, 1, 2].map(
      (b) =>
        meanOf(inside, (i) => colour(a)(i) * colour(b)(i)) -
        (means[a] ?? 0) * (means[b] ?? 0) +
        (a === b ? OPTIONS.epsilon : 0),
    ),
  );
  const withPlane = [0, 1, 2].map(
    (c) => meanOf(inside, (i) => colour(c)(i) * p(i)) - (means[c] ?? 0) * meanOf(inside, p),
  );
  return solve(covariance, withPlane);
}

const guideOf = (data: Uint8Array) => ({ width: WIDTH, height: HEIGHT, channels: 3, data });
const planeOf = (data: Float32Array) => ({ width: WIDTH, height: HEIGHT, channels: 1, data });

describe('guidedSlopes', () => {
  const colours = Uint8Array.from(noise(WIDTH * HEIGHT * 3), (v) => Math.floor(v * 256));
  const plane = Float32Array.from(noise(WIDTH * HEIGHT + 50).subarray(50));
  const statistics = guideStatistics(guideOf(colours), OPTIONS);

  it('agrees with the equations written out window by window', () => {
    const slopes = guidedSlopes(statistics, planeOf(plane));
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        const around = windowOf(x, y).map((i) =>
          windowSlopes(colours, plane, i % WIDTH, Math.floor(i / WIDTH)),
        );
        for (let c = 0; c < 3; c++) {
          const mean = around.reduce((sum, slope) => sum + (slope[c] ?? 0), 0) / around.length;
          expect((slopes.data[(y * WIDTH + x) * 3 + c] ?? 0) * 255).toBeCloseTo(mean, 3);
        }
      }
    }
  });

  it('takes nothing from a flat guide, for a flat plane, without trust, or below the limit', () => {
    const grey = guideStatistics(guideOf(new Uint8Array(WIDTH * HEIGHT * 3).fill(77)), OPTIONS);
    const flat = planeOf(new Float32Array(WIDTH * HEIGHT).fill(0.7));
    const trust = planeOf(new Float32Array(WIDTH * HEIGHT));
    const faint = planeOf(plane.map((v) => 0.5 + 0.01 * v));
    for (const slopes of [
      guidedSlopes(grey, planeOf(plane)),
      guidedSlopes(statistics, flat),
      guidedSlopes(statistics, planeOf(plane), { trust }),
      guidedSlopes(statistics, faint, { smoothBelow: 0.01 }),
    ]) {
      for (const slope of slopes.data) expect(Math.abs(slope * 255)).toBeLessThan(1e-4);
    }
  });

  it('leans fully on the guide well above the limit', () => {
    const all = guidedSlopes(statistics, planeOf(plane));
    expect(guidedSlopes(statistics, planeOf(plane), { smoothBelow: 0.01 }).data).toEqual(all.data);
  });
});
