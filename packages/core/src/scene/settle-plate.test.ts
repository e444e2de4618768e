import { describe, expect, it } from 'vitest';
import { type ByteRaster, byteRaster } from '../raster.ts';
import { settlePlate } from './settle-plate.ts';

const SIZE = { width: 96, height: 64 };

function flat(channels: number, value: number, size = SIZE): ByteRaster {
  const raster = byteRaster(size, channels);
  raster.data.fill(value);
  return raster;
}

function matteOf(alphaAt: (x: number, y: number) => number): ByteRaster {
  const matte = byteRaster(SIZE, 1);
  matte.data.forEach((_, i) => {
    matte.data[i] = alphaAt(i % SIZE.width, Math.floor(i / SIZE.width));
  });
  return matte;
}

const redAt = ({ width, data }: ByteRaster, x: number, y: number) => data[(y * width + x) * 4];

describe('settlePlate', () => {
  it('is the photo where it shows background, and the plate behind the subject and at its edge', () => {
    const box = matteOf((x, y) => (x >= 30 && x < 60 && y >= 20 && y < 40 ? 255 : 0));
    const settled = settlePlate(flat(3, 50), flat(3, 200), box);
    expect(redAt(settled, 45, 30)).toBe(50);
    expect(redAt(settled, 29, 30)).toBe(50);
    expect(redAt(settled, 27, 30)).toBe(200);
    expect(redAt(settled, 5, 5)).toBe(200);
    expect(settled.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
  });

  it('goes over from one to the other without a step where the matte does', () => {
    const ramp = matteOf((x) => Math.min(255, Math.max(0, (x - 20) * 8)));
    const settled = settlePlate(flat(3, 50), flat(3, 200), ramp);
    let steepest = 0;
    for (let x = 1; x < SIZE.width; x++) {
      steepest = Math.max(
        steepest,
        Math.abs((redAt(settled, x, 9) ?? 0) - (redAt(settled, x - 1, 9) ?? 0)),
      );
    }
    expect(steepest).toBeLessThan(20);
  });

  it('takes full and empty mattes, one pixel, and grids coarser than the photo', () => {
    expect(redAt(settlePlate(flat(3, 50), flat(3, 200), flat(1, 255)), 0, 0)).toBe(50);
    expect(redAt(settlePlate(flat(3, 50), flat(3, 200), flat(1, 0)), 0, 0)).toBe(200);
    for (const size of [
      { width: 1, height: 1 },
      { width: 2500, height: 1 },
      { width: 2, height: 1700 },
    ]) {
      const settled = settlePlate(flat(3, 50, size), flat(3, 200, size), flat(1, 255, size));
      expect(new Set(settled.data)).toEqual(new Set([50, 255]));
    }
    expect(() => settlePlate(flat(3, 0), flat(4, 0), flat(1, 0))).toThrow();
  });
});
