import { expect, test } from 'vitest';
import { matteByDepth } from './matte-by-depth.ts';
import { floatRaster } from './raster.ts';

const DEPTHS = [0, 0.395, 0.4, 0.405, 0.42, 1];

function splitAt(threshold: number, depths: readonly number[] = DEPTHS): number[] {
  const plane = floatRaster({ width: depths.length, height: 1 }, 1);
  plane.data.set(depths);
  return [...matteByDepth(plane, threshold).data];
}

test('what is nearer is subject, with a short ramp at the threshold', () => {
  const [far, below, at, above, beyond, near] = splitAt(0.4);
  expect([far, beyond, near]).toEqual([0, 1, 1]);
  expect(below).toBeCloseTo(0.25);
  expect(at).toBeCloseTo(0.5);
  expect(above).toBeCloseTo(0.75);
});

test('the ends of the range hold all but the farthest, and nothing', () => {
  expect(splitAt(0)).toEqual([0, 1, 1, 1, 1, 1]);
  expect(splitAt(1)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(splitAt(1, [0.5, 0.5])).toEqual([0, 0]);
});
