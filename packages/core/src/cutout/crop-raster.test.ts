import { describe, expect, it } from 'vitest';
import { byteRaster, wordRaster } from '../raster.ts';
import { cropInPlace, cropRaster, widenBox } from './crop-raster.ts';

const BOX = { left: 1, top: 1, width: 2, height: 2 };

/** 4 x 3, each sample its own number. */
function numbered(channels: number) {
  const raster = wordRaster({ width: 4, height: 3 }, channels);
  for (let i = 0; i < raster.data.length; i++) raster.data[i] = i;
  return raster;
}

describe('a crop', () => {
  it('holds the rows of the box and leaves the raster as it was', () => {
    const raster = numbered(2);
    const crop = cropRaster(raster, BOX);
    expect(crop).toMatchObject({ width: 2, height: 2, channels: 2 });
    expect([...crop.data]).toEqual([10, 11, 12, 13, 18, 19, 20, 21]);
    expect([...raster.data]).toEqual([...numbered(2).data]);
  });

  it('in place is the same in the memory that is there', () => {
    const raster = numbered(3);
    const expected = cropRaster(raster, BOX);
    const crop = cropInPlace(raster, BOX);
    expect(crop).toEqual(expected);
    expect(crop.data.buffer).toBe(raster.data.buffer);
  });

  it.each([
    { ...BOX, left: 3 },
    { ...BOX, top: -1 },
    { ...BOX, width: 0 },
    { ...BOX, height: 1.5 },
  ])('of %j is refused', (box) => {
    const raster = byteRaster({ width: 4, height: 3 }, 1);
    expect(() => cropRaster(raster, box)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });
});

describe('widenBox', () => {
  const picture = { width: 10, height: 8 };

  it('adds a margin on each side', () => {
    const box = { left: 4, top: 3, width: 2, height: 1 };
    expect(widenBox(box, 2, picture)).toEqual({ left: 2, top: 1, width: 6, height: 5 });
  });

  it('ends where the picture does', () => {
    const box = { left: 1, top: 6, width: 9, height: 1 };
    expect(widenBox(box, 3, picture)).toEqual({ left: 0, top: 3, width: 10, height: 5 });
  });
});
