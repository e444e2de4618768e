import { describe, expect, it } from 'vitest';
import { blurred, drawScene, intersectionOverUnion, isInStar } from '../test/scene.ts';
import { upsampleMatte } from './matte-upsample.ts';
import { describeGuide } from './photo-guide.ts';
import type { ByteRaster, FloatRaster, Size } from './raster.ts';
import { resizeArea, resizeBilinear } from './resize.ts';

const matteOf = (size: Size, value: number): FloatRaster => ({
  ...size,
  channels: 1,
  data: new Float32Array(size.width * size.height).fill(value),
});

const photoOf = (size: Size): ByteRaster => ({
  ...size,
  channels: 3,
  data: Uint8Array.from({ length: size.width * size.height * 3 }, (_, i) => (i * 37) % 251),
});

const errorOf = (a: ArrayLike<number>, b: Float32Array) =>
  b.reduce((sum, value, i) => sum + Math.abs((a[i] ?? 0) - value), 0) / b.length;

describe('upsampleMatte', () => {
  const size = { width: 640, height: 480 };
  const scene = drawScene(
    size,
    (x, y) => isInStar(x, y, size),
    () => 0,
  );
  const small = { width: 80, height: 60 };
  const low = blurred(resizeArea(scene.alpha, small), 0.7);
  const matte = upsampleMatte(low, scene.photo);
  const alpha = Float32Array.from(matte.data, (v) => v / 255);
  const bilinear = resizeBilinear(low, size);

  it('finds the edge of a star again from an eighth of its size: IoU at least 0.99', () => {
    const truth = scene.alpha.data;
    const overlap = intersectionOverUnion(alpha, 0.5, truth, 0.5);
    const bilinearOverlap = intersectionOverUnion(bilinear.data, 0.5, truth, 0.5);
    expect(overlap).toBeGreaterThanOrEqual(0.99);
    expect(1 - overlap).toBeLessThan(0.5 * (1 - bilinearOverlap));
    expect(errorOf(alpha, truth)).toBeLessThan(0.2 * errorOf(bilinear.data, truth));
  });

  it('lets no texture into what is surely subject or surely not', () => {
    const distance = 3 * 8;
    let mostOutside = 0;
    let leastInside = 255;
    for (let y = distance; y < size.height - distance; y++) {
      for (let x = distance; x < size.width - distance; x++) {
        let inside = 0;
        for (const [dx, dy] of [
          [-distance, -distance],
          [distance, -distance],
          [-distance, distance],
          [distance, distance],
          [0, 0],
          [0, distance],
          [0, -distance],
          [distance, 0],
          [-distance, 0],
        ] as const) {
          if (isInStar(x + dx, y + dy, size)) inside++;
        }
        const value = matte.data[y * size.width + x] ?? 0;
        if (inside === 0) mostOutside = Math.max(mostOutside, value);
        if (inside === 9) leastInside = Math.min(leastInside, value);
      }
    }
    expect(mostOutside).toBeLessThanOrEqual(2);
    expect(leastInside).toBeGreaterThanOrEqual(253);
  });

  it.each([
    [0, 0],
    [1, 255],
    [0.02, 0],
    [0.985, 255],
  ])('makes a matte of %f all over exactly %i', (value, expected) => {
    const photo = photoOf({ width: 53, height: 41 });
    const large = upsampleMatte(matteOf({ width: 7, height: 6 }, value), photo);
    expect(large.data.every((v) => v === expected)).toBe(true);
  });

  it('makes a half-clear matte the same all over, whatever the photo shows', () => {
    const large = upsampleMatte(
      matteOf({ width: 9, height: 9 }, 0.5),
      photoOf({ width: 60, height: 60 }),
    );
    expect(Math.min(...large.data)).toBeGreaterThanOrEqual(127);
    expect(Math.max(...large.data)).toBeLessThanOrEqual(128);
  });

  it('only steepens a ramp over a flat photo: alpha never falls where the matte rises', () => {
    const width = 16;
    const ramp = { width, height: 4, channels: 1, data: new Float32Array(width * 4) };
    ramp.data.forEach((_, i) => {
      ramp.data[i] = (i % width) / (width - 1);
    });
    const grey = photoOf({ width: 160, height: 40 });
    grey.data.fill(99);
    const large = upsampleMatte(ramp, grey);
    const falls = large.data.filter((alpha, i) => i % 160 > 0 && alpha < (large.data[i - 1] ?? 0));
    expect(falls).toHaveLength(0);
  });

  it.each([
    [1, 1, 1, 1],
    [1, 1, 9, 4],
    [1, 8, 3, 70],
    [8, 1, 70, 1],
    [40, 30, 20, 15],
    [5, 4, 5, 4],
  ])('answers a %i x %i matte for a photo of %i x %i', (w, h, width, height) => {
    const low = matteOf({ width: w, height: h }, 1);
    low.data[0] = 0.4;
    const large = upsampleMatte(low, photoOf({ width, height }));
    expect([large.width, large.height, large.channels]).toEqual([width, height, 1]);
    expect(Math.max(...large.data)).toBeGreaterThan(60);
  });

  it('refuses a guide of another size than the matte', () => {
    const photo = photoOf({ width: 20, height: 20 });
    const guide = describeGuide(photoOf({ width: 6, height: 5 }));
    expect(() => upsampleMatte(matteOf({ width: 5, height: 5 }, 1), photo, { guide })).toThrow(
      'one pixel grid',
    );
  });
});
