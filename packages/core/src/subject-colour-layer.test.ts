import { describe, expect, it } from 'vitest';
import { type ByteRaster, byteRaster } from './raster.ts';
import { subjectLayer } from './subject-colour-layer.ts';

function photoOf(...pixels: number[][]): ByteRaster {
  return { width: pixels.length, height: 1, channels: 3, data: new Uint8Array(pixels.flat()) };
}

function matteOf(...alphas: number[]): ByteRaster {
  return { width: alphas.length, height: 1, channels: 1, data: new Uint8Array(alphas) };
}

describe('subjectLayer', () => {
  it('keeps the colour of opaque pixels and empties clear ones', () => {
    const layer = subjectLayer(photoOf([1, 2, 3], [4, 5, 6], [7, 8, 9]), matteOf(255, 0, 255));
    expect(layer.channels).toBe(4);
    expect([...layer.data]).toEqual([1, 2, 3, 255, 0, 0, 0, 0, 7, 8, 9, 255]);
  });

  it('is empty without a subject', () => {
    const photo = byteRaster({ width: 37, height: 11 }, 3);
    photo.data.fill(200);
    expect(subjectLayer(photo, byteRaster(photo, 1)).data.every((v) => v === 0)).toBe(true);
  });

  it('is the photo where all is subject', () => {
    const photo = byteRaster({ width: 37, height: 11 }, 3);
    for (let i = 0; i < photo.data.length; i++) photo.data[i] = (i * 31) % 256;
    const matte = byteRaster(photo, 1);
    matte.data.fill(255);
    const { data } = subjectLayer(photo, matte);
    for (let i = 0; i < 37 * 11; i++) {
      expect([...data.subarray(i * 4, i * 4 + 4)]).toEqual([
        ...photo.data.subarray(i * 3, i * 3 + 3),
        255,
      ]);
    }
  });

  it('takes the background out of mixed pixels and keeps their alpha straight', () => {
    const f = [200, 100, 50];
    const pixels = [0, 0, 64, 128, 192, 255, 255].map((a) =>
      f.map((v) => Math.round((v * a) / 255)),
    );
    const layer = subjectLayer(photoOf(...pixels), matteOf(0, 0, 64, 128, 192, 255, 255));
    for (const x of [2, 3, 4]) {
      const [r = 0, g = 0, b = 0, a] = layer.data.subarray(x * 4, x * 4 + 4);
      expect(a).toBe([64, 128, 192][x - 2]);
      expect(Math.abs(r - 200)).toBeLessThanOrEqual(8);
      expect(Math.abs(g - 100)).toBeLessThanOrEqual(8);
      expect(Math.abs(b - 50)).toBeLessThanOrEqual(8);
    }
  });
});
