import { expect, it } from 'vitest';
import { byteRaster, wordRaster } from '../raster.ts';
import { extendSubjectDepth } from './subject-depth.ts';

const SIZE = { width: 64, height: 48 };

it('keeps the depth inside the matte and goes on past its edge', () => {
  const depth = wordRaster(SIZE, 1);
  const matte = byteRaster(SIZE, 1);
  for (let at = 0; at < depth.data.length; at++) {
    const isInside = at % 64 >= 20 && at % 64 < 40;
    depth.data[at] = isInside ? 50_000 : 3000;
    matte.data[at] = isInside ? 255 : 0;
  }
  const extended = extendSubjectDepth(depth, matte);
  for (const value of extended.data) expect(Math.abs(value - 50_000)).toBeLessThanOrEqual(1);
});

it('is the depth itself without a subject, and within a full matte', () => {
  const depth = wordRaster(SIZE, 1);
  depth.data.forEach((_, at) => {
    depth.data[at] = at;
  });
  expect(extendSubjectDepth(depth, byteRaster(SIZE, 1))).toBe(depth);
  const full = byteRaster(SIZE, 1);
  full.data.fill(255);
  expect(extendSubjectDepth(depth, full).data).toEqual(depth.data);
});
