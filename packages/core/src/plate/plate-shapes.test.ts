import { describe, expect, it } from 'vitest';
import { type ByteRaster, byteRaster } from '../raster.ts';
import { borderDistance } from './border-distance.ts';
import { fillPlate } from './plate.ts';
import { nextBelow, seededRandom } from './seeded-random.ts';

/** Widest reach of the fill beyond the matte: the band, in pixels, plus the rounding of one cell. */
function reachPx(width: number, height: number): number {
  const longSide = Math.max(width, height);
  const cell = Math.max(1, longSide / 128);
  return Math.max(longSide * 0.013, 4 * cell) + 2 * cell;
}

function noisyPhoto(width: number, height: number, seed: number): ByteRaster {
  const photo = byteRaster({ width, height }, 3);
  const random = seededRandom(seed);
  for (let i = 0; i < photo.data.length; i++) photo.data[i] = nextBelow(random, 256);
  return photo;
}

function expectKnownUntouched(photo: ByteRaster, matte: ByteRaster, plate: ByteRaster): void {
  const marks = matte.data.map((a) => (a > 16 ? 1 : 0));
  const away = borderDistance(marks, photo.width, photo.height, 0);
  const reach = reachPx(photo.width, photo.height);
  let changed = 0;
  for (let i = 0; i < away.length; i++) {
    if (away[i]! <= reach) continue;
    for (let c = 0; c < 3; c++) if (plate.data[i * 3 + c] !== photo.data[i * 3 + c]) changed++;
  }
  expect(changed).toBe(0);
}

describe('fillPlate on odd shapes', () => {
  it.each([1, 2, 3, 4, 5, 6])('leaves the known part bit for bit, random blobs %i', (seed) => {
    const random = seededRandom(seed * 977);
    const width = 150 + nextBelow(random, 700);
    const height = 150 + nextBelow(random, 500);
    const photo = noisyPhoto(width, height, seed);
    const matte = byteRaster(photo, 1);
    for (let blob = 0; blob < 4; blob++) {
      const cx = nextBelow(random, width);
      const cy = nextBelow(random, height);
      const radius = 5 + nextBelow(random, Math.floor(height / 4));
      for (let i = 0; i < matte.data.length; i++) {
        const d = Math.hypot((i % width) - cx, Math.floor(i / width) - cy);
        if (d < radius) matte.data[i] = Math.min(255, Math.floor((radius - d) * 60));
      }
    }
    expectKnownUntouched(photo, matte, fillPlate(photo, matte));
  });

  it('answers an all-subject photo with its mean colour', () => {
    const photo = byteRaster({ width: 40, height: 30 }, 3);
    for (let i = 0; i < 1200; i++)
      photo.data.set(i % 2 === 0 ? [0, 100, 20] : [200, 50, 20], i * 3);
    const matte = byteRaster(photo, 1);
    matte.data.fill(255);
    const { data } = fillPlate(photo, matte);
    for (let i = 0; i < 1200; i++)
      expect([...data.subarray(i * 3, i * 3 + 3)]).toEqual([100, 75, 20]);
  });

  it.each([
    [1, 1],
    [1, 9],
    [9, 1],
    [2, 3],
    [7, 7],
    [16, 16],
    [3, 400],
  ])('fills a %ix%i photo with colours of its known part', (width, height) => {
    const photo = byteRaster({ width, height }, 3);
    photo.data.fill(60);
    const matte = byteRaster(photo, 1);
    matte.data[0] = 255;
    photo.data.set([255, 0, 0], 0);
    const expected = width * height === 1 ? [255, 0, 0] : [60, 60, 60];
    expect([...fillPlate(photo, matte).data.subarray(0, 3)]).toEqual(expected);
  });

  it('fills 95 % of a picture from what is left', () => {
    const photo = byteRaster({ width: 600, height: 400 }, 3);
    const matte = byteRaster(photo, 1);
    for (let i = 0; i < 240_000; i++) {
      const x = i % 600;
      const isKnown = x >= 570;
      photo.data.set(isKnown ? [80, 120, 160] : [255, 0, 0], i * 3);
      matte.data[i] = isKnown ? 0 : 255;
    }
    const { data } = fillPlate(photo, matte);
    let worst = 0;
    for (let i = 0; i < 240_000; i++) {
      worst = Math.max(worst, Math.abs(data[i * 3]! - 80), Math.abs(data[i * 3 + 1]! - 120));
    }
    expect(worst).toBeLessThanOrEqual(1);
  });

  it('takes thousands of specks', () => {
    const photo = noisyPhoto(900, 700, 5);
    for (let i = 0; i < photo.data.length; i++) photo.data[i] = 100 + (photo.data[i]! % 8);
    const matte = byteRaster(photo, 1);
    for (let y = 4; y < 700; y += 28) {
      for (let x = 4; x < 900; x += 28) {
        matte.data[y * 900 + x] = 255;
        photo.data.set([255, 0, 255], (y * 900 + x) * 3);
      }
    }
    const { data } = fillPlate(photo, matte);
    let worst = 0;
    for (let i = 0; i < data.length; i++) worst = Math.max(worst, Math.abs(data[i]! - 104));
    expect(worst).toBeLessThan(24);
  });

  it('takes stripes of subject that leave no whole patch known', () => {
    const photo = noisyPhoto(300, 200, 8);
    for (let i = 0; i < photo.data.length; i++) photo.data[i] = 100 + (photo.data[i]! % 8);
    const matte = byteRaster(photo, 1);
    for (let i = 0; i < matte.data.length; i++) {
      if (i % 4 === 3) continue;
      matte.data[i] = 255;
      photo.data.set([255, 0, 255], i * 3);
    }
    const { data } = fillPlate(photo, matte);
    let ghosts = 0;
    for (let i = 0; i < data.length; i++) if (Math.abs(data[i]! - 104) > 24) ghosts++;
    expect(ghosts).toBe(0);
  });
});
