import { expect, test } from 'vitest';
import { byteRaster, floatRaster } from '../raster.ts';
import { matteMeter } from './matte-meter.ts';

const size = { width: 20, height: 20 };

function square(from: number, to: number) {
  const alpha = floatRaster(size, 1);
  for (let y = from; y < to; y++) alpha.data.fill(1, y * 20 + from, y * 20 + to);
  return alpha;
}

function photo() {
  const out = byteRaster(size, 3);
  for (let i = 0; i < out.data.length; i++) out.data[i] = (i * 37) % 256;
  return out;
}

test('the truth itself is without fault', () => {
  const alpha = square(5, 15);
  const figures = matteMeter({ alpha }, photo())(alpha);
  expect(figures).toMatchObject({ iou: 1, mae: 0, maxF: 1, sad: 0, boundaryF: 1, gradient: 0 });
  expect(figures.halo).toBe(0);
  expect(figures.sMeasure).toBeCloseTo(1, 6);
});

test('every figure is worse for a smaller square, and worst for nothing', () => {
  const measure = matteMeter({ alpha: square(5, 15) }, photo());
  const [near, smaller] = [measure(square(6, 14)), measure(square(7, 13))];
  const nothing = measure(floatRaster(size, 1));
  expect(smaller.iou).toBeCloseTo(0.36, 6);
  expect(nothing).toMatchObject({ iou: 0, maxF: 0, boundaryF: 0, mae: 0.25, sad: 0.1 });
  expect(smaller.sMeasure).toBeGreaterThan(nothing.sMeasure);
  // 1 and 2 pixels off, and 1 is allowed: the near one misses but the 4 corners of 36, so F is 2 / (1 + 36 / 32).
  expect(near.boundaryF).toBeCloseTo(16 / 17, 10);
  expect(smaller.boundaryF).toBe(0);
  expect(near.gradient).toBeGreaterThan(0);
  expect(smaller.gradient).toBeGreaterThan(near.gradient as number);
  expect(smaller.halo).toBeGreaterThan(near.halo as number);
});

test('where no boundary is known, nothing is said of one', () => {
  const known = new Uint8Array(400).fill(1);
  known[0] = 0;
  const unsure = matteMeter({ alpha: square(5, 15), known }, photo())(square(5, 15));
  const empty = matteMeter({ alpha: floatRaster(size, 1) }, photo())(square(5, 15));
  for (const figures of [unsure, empty]) {
    expect(Object.keys(figures).sort()).toEqual(['iou', 'mae', 'maxF', 'sMeasure', 'sad']);
  }
});
