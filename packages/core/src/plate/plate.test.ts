import { describe, expect, it } from 'vitest';
import { type ByteRaster, byteRaster } from '../raster.ts';
import { estimateMixedColours } from '../subject-colour.ts';
import { fillPlate } from './plate.ts';

type Paint = (x: number, y: number) => readonly [number, number, number];

interface Scene {
  readonly photo: ByteRaster;
  readonly matte: ByteRaster;
  readonly truth: ByteRaster;
}

/** A red disc before a painted background; the matte leaves `missing` pixels of the disc's edge out. */
function discScene(width: number, height: number, share: number, paint: Paint, missing = 0): Scene {
  const truth = byteRaster({ width, height }, 3);
  const matte = byteRaster({ width, height }, 1);
  const radius = Math.sqrt((share * width * height) / Math.PI);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) truth.data.set(paint(x, y), (y * width + x) * 3);
  }
  const photo = { ...truth, data: truth.data.slice() };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const d = Math.hypot(x - width / 2, y - height / 2);
      if (d < radius) photo.data.set([250, 10, 20], i * 3);
      if (d < radius - missing) matte.data[i] = 255;
    }
  }
  return { photo, matte, truth };
}

function differences(a: ByteRaster, b: ByteRaster): { mean: number; worst: number } {
  let sum = 0;
  let worst = 0;
  for (let i = 0; i < a.data.length; i++) {
    const d = Math.abs(a.data[i]! - b.data[i]!);
    sum += d;
    worst = Math.max(worst, d);
  }
  return { mean: sum / a.data.length, worst };
}

/** Mean difference over the subject's pixels alone. */
function meanInHole(plate: ByteRaster, scene: Scene): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < scene.matte.data.length; i++) {
    if (scene.matte.data[i] === 0) continue;
    for (let c = 0; c < 3; c++) {
      sum += Math.abs(plate.data[i * 3 + c]! - scene.truth.data[i * 3 + c]!);
      count++;
    }
  }
  return sum / count;
}

const grain = (x: number, y: number) => ((x * 7919 + y * 104_729 + x * y * 31) % 41) - 20;

describe('fillPlate', () => {
  it('gives the photo back where there is no subject', () => {
    const { photo } = discScene(90, 70, 0.2, (x, y) => [x, y, 90]);
    const matte = byteRaster(photo, 1);
    expect(differences(fillPlate(photo, matte), photo).worst).toBe(0);
    matte.data.fill(9);
    expect(differences(fillPlate(photo, matte), photo).worst).toBe(0);
  });

  it.each([
    [200, 150],
    [1600, 1200],
  ])('fills a plain wall plainly at %ix%i', (width, height) => {
    const scene = discScene(width, height, 0.2, () => [123, 130, 141]);
    expect(differences(fillPlate(scene.photo, scene.matte), scene.truth).worst).toBeLessThanOrEqual(
      1,
    );
  });

  it.each([
    ['across', (x: number) => [40 + x / 8, 90 + x / 16, 200 - x / 10]],
    ['down', (_: number, y: number) => [40 + y / 6, 90 + y / 9, 200 - y / 8]],
  ] as [string, Paint][])('goes on with a sky that changes slowly %s', (_, paint) => {
    const scene = discScene(1200, 900, 0.15, paint);
    const plate = fillPlate(scene.photo, scene.matte);
    expect(meanInHole(plate, scene)).toBeLessThan(2);
    expect(differences(plate, scene.truth).worst).toBeLessThan(6);
  });

  it('goes on with stripes, as sharp as they are', () => {
    const paint: Paint = (x) => (x % 48 < 24 ? [40, 50, 60] : [200, 190, 180]);
    const scene = discScene(1536, 1152, 0.1, paint);
    expect(meanInHole(fillPlate(scene.photo, scene.matte), scene)).toBeLessThan(10);
  });

  it('goes on with a chequered floor', () => {
    const paint: Paint = (x, y) =>
      (Math.floor(x / 24) + Math.floor(y / 24)) % 2 === 0 ? [40, 50, 60] : [200, 190, 180];
    const scene = discScene(768, 576, 0.08, paint);
    expect(meanInHole(fillPlate(scene.photo, scene.matte), scene)).toBeLessThan(25);
  });

  it('keeps the grain of a rough surface at full size', () => {
    const paint: Paint = (x, y) => [120 + grain(x, y), 120 + grain(x, y), 110 + grain(x, y)];
    const scene = discScene(1600, 1200, 0.2, paint);
    const plate = fillPlate(scene.photo, scene.matte);
    let sum = 0;
    let sumTruth = 0;
    let count = 0;
    for (let i = 0; i < scene.matte.data.length; i++) {
      if (scene.matte.data[i] === 0) continue;
      sum += Math.abs(plate.data[i * 3]! - 120);
      sumTruth += Math.abs(scene.truth.data[i * 3]! - 120);
      count++;
    }
    expect(sum / count).toBeGreaterThan(0.8 * (sumTruth / count));
    expect(sum / count).toBeLessThan(1.2 * (sumTruth / count));
  });

  it('leaves no ghost where the matte misses the edge of the subject', () => {
    const paint: Paint = (x, y) => [90 + grain(x, y), 130 + grain(x, y), 120 + grain(x, y)];
    const { photo, matte } = discScene(800, 600, 0.2, paint, 5);
    const { data } = fillPlate(photo, matte);
    let red = 0;
    for (let i = 0; i < data.length; i += 3) if (data[i]! > data[i + 1]! + 20) red++;
    expect(red).toBe(0);
  });

  it('gives the same plate each time, and in place', () => {
    const paint: Paint = (x, y) => [(x * 3) % 200, (y * 5) % 210, 90 + grain(x, y)];
    const { photo, matte } = discScene(700, 500, 0.25, paint);
    const first = fillPlate(photo, matte);
    expect(differences(fillPlate(photo, matte), first).worst).toBe(0);
    const inPlace = { ...photo, data: photo.data.slice() };
    expect(fillPlate(inPlace, matte, { out: inPlace })).toBe(inPlace);
    expect(differences(inPlace, first).worst).toBe(0);
  });

  it('looks through a thin veil instead of inventing what is behind it', () => {
    const paint: Paint = (x, y) => [60 + ((x * 3) % 120), 60 + ((y * 5) % 120), 90 + grain(x, y)];
    const scene = discScene(400, 300, 0.2, paint);
    const { data } = scene.photo;
    for (let i = 0; i < scene.matte.data.length; i++) {
      if (scene.matte.data[i] === 0) continue;
      scene.matte.data[i] = 64;
      for (let c = 0; c < 3; c++) {
        const veil = 0.25 * [250, 10, 20][c]!;
        data[i * 3 + c] = Math.round(veil + 0.75 * scene.truth.data[i * 3 + c]!);
      }
    }
    const own = meanInHole(scene.photo, scene);
    expect(meanInHole(fillPlate(scene.photo, scene.matte), scene)).toBeLessThan(0.6 * own);
  });

  it('gives the same plate whether or not the mixed colours are handed in', () => {
    const { photo, matte } = discScene(300, 200, 0.2, (x, y) => [x % 200, y, 90]);
    for (let i = 0; i < matte.data.length; i++) if (i % 300 > 200) matte.data[i] = 40;
    const mixed = estimateMixedColours(photo, matte);
    const plate = fillPlate(photo, matte, { mixed });
    expect(differences(plate, fillPlate(photo, matte)).worst).toBe(0);
  });

  it('refuses a matte of another size and a plate of other channels with INTERNAL', () => {
    const photo = byteRaster({ width: 4, height: 4 }, 3);
    const internal = expect.objectContaining({ code: 'INTERNAL' });
    expect(() => fillPlate(photo, byteRaster({ width: 4, height: 5 }, 1))).toThrow(internal);
    const out = byteRaster(photo, 4);
    expect(() => fillPlate(photo, byteRaster(photo, 1), { out })).toThrow(internal);
  });
});
