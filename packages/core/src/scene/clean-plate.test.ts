import { describe, expect, it } from 'vitest';
import { type ByteRaster, byteRaster, type Size, type WordRaster, wordRaster } from '../raster.ts';
import { cleanPlate, type PlateDepths } from './clean-plate.ts';
import { settlePlate } from './settle-plate.ts';

const SIZE = { width: 240, height: 120 };
const FILL = 50;
const PHOTO = 200;

function bytes(channels: number, valueAt: (x: number, y: number) => number, size: Size = SIZE) {
  const raster = byteRaster(size, channels);
  raster.data.forEach((_, i) => {
    const pixel = Math.floor(i / channels);
    raster.data[i] = valueAt(pixel % size.width, Math.floor(pixel / size.width));
  });
  return raster;
}

function words(inverseAt: (x: number) => number, size: Size = SIZE): WordRaster {
  const raster = wordRaster(size, 1);
  raster.data.forEach((_, i) => {
    raster.data[i] = 65535 * inverseAt(i % size.width);
  });
  return raster;
}

/** Two columns, of which the left one stands before a far wall and the right one at a wall as near as itself. */
const isSubject = (x: number) => (x >= 40 && x < 80) || (x >= 160 && x < 200);
const MATTE = bytes(1, (x) => (isSubject(x) ? 255 : 0));
const DEPTHS: PlateDepths = {
  depth: words((x) => (isSubject(x) ? 0.9 : 0.1)),
  plateDepth: words((x) => (x < 120 ? 0.1 : 0.87)),
};

const redAt = ({ width, data }: ByteRaster, x: number, y = 60) => data[(y * width + x) * 4];

describe('cleanPlate', () => {
  const fill = bytes(3, () => FILL);
  const photo = bytes(3, () => PHOTO);
  const { plate, still } = cleanPlate(fill, photo, MATTE, DEPTHS);

  it('keeps to its fill beside a subject that moves away from it, and not farther off', () => {
    expect(redAt(plate, 60)).toBe(FILL);
    expect(redAt(plate, 38)).toBe(FILL);
    expect(redAt(plate, 82)).toBe(FILL);
    expect(redAt(plate, 20)).toBe(PHOTO);
    expect(redAt(plate, 110)).toBe(PHOTO);
    expect(plate.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
  });

  it('is the photo beside a subject that it moves with', () => {
    expect(redAt(plate, 180)).toBe(FILL);
    expect(redAt(plate, 157)).toBe(PHOTO);
    expect(redAt(plate, 203)).toBe(PHOTO);
  });

  it('is the settled plate under what lies over it while the camera stands still', () => {
    const settled = settlePlate(fill, photo, MATTE);
    const covered = plate.data.map((below, i) => {
      const pixel = i - (i % 4);
      const alpha = still.data[pixel + 3] ?? 0;
      return i % 4 === 3 ? 255 : below + ((still.data[i] ?? 0) - below) * (alpha / 255) + 0.5;
    });
    const off = covered.map((value, i) => Math.abs(value - (settled.data[i] ?? 0)));
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
    expect(still.data[(60 * SIZE.width + 20) * 4 + 3]).toBe(0);
    expect(still.data[(60 * SIZE.width + 38) * 4 + 3]).toBe(255);
  });

  it('is the photo where there is no subject, and takes one pixel and thin strips', () => {
    const empty = cleanPlate(
      fill,
      photo,
      bytes(1, () => 0),
      DEPTHS,
    );
    expect(new Set(empty.plate.data)).toEqual(new Set([PHOTO, 255]));
    expect(new Set(empty.still.data)).toEqual(new Set([0]));
    for (const size of [
      { width: 1, height: 1 },
      { width: 2500, height: 1 },
      { width: 2, height: 1700 },
    ]) {
      const depths = { depth: words(() => 1, size), plateDepth: words(() => 0, size) };
      const made = cleanPlate(
        bytes(3, () => FILL, size),
        bytes(3, () => PHOTO, size),
        bytes(1, () => 255, size),
        depths,
      );
      expect(new Set(made.plate.data)).toEqual(new Set([FILL, 255]));
    }
  });

  it('refuses depths of another grid', () => {
    const depths = { ...DEPTHS, plateDepth: words(() => 0, { width: 3, height: 2 }) };
    expect(() => cleanPlate(fill, photo, MATTE, depths)).toThrowError(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
  });
});
