import { describe, expect, it } from 'vitest';
import { noise } from '../test/scene.ts';
import type { Raster } from './raster.ts';
import { resizeArea, resizeBilinear } from './resize.ts';

/** Area mean by the book: every source pixel weighed by its overlap with the target pixel. */
function areaMean(source: Raster, width: number, height: number): number[] {
  const means: number[] = [];
  const overlap = (from: number, to: number, at: number) =>
    Math.max(0, Math.min(to, at + 1) - Math.max(from, at));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < source.channels; c++) {
        let sum = 0;
        let weight = 0;
        for (let v = 0; v < source.height; v++) {
          for (let u = 0; u < source.width; u++) {
            const across = overlap((x * source.width) / width, ((x + 1) * source.width) / width, u);
            const down = overlap(
              (y * source.height) / height,
              ((y + 1) * source.height) / height,
              v,
            );
            sum += (source.data[(v * source.width + u) * source.channels + c] ?? 0) * across * down;
            weight += across * down;
          }
        }
        means.push(sum / weight);
      }
    }
  }
  return means;
}

const rasterOf = (width: number, height: number, channels: number) => ({
  width,
  height,
  channels,
  data: noise(width * height * channels),
});

describe('resizeArea', () => {
  it.each([
    [13, 9, 1, 5, 4],
    [13, 9, 3, 4, 9],
    [7, 5, 2, 3, 2],
    [5, 7, 4, 5, 1],
    [3, 2, 1, 7, 5],
    [1, 9, 3, 1, 4],
    [9, 1, 1, 4, 1],
    [6, 4, 3, 1, 1],
  ])('is the exact mean of %i x %i x %i at %i x %i', (width, height, channels, w, h) => {
    const source = rasterOf(width, height, channels);
    const small = resizeArea(source, { width: w, height: h });
    const expected = areaMean(source, w, h);
    expect(small.data).toHaveLength(expected.length);
    small.data.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5);
    });
  });

  it('rounds whole-number samples and keeps their type, in the fast loop as in the general one', () => {
    const floats = rasterOf(23, 17, 3);
    const bytes = { ...floats, data: Uint8Array.from(floats.data, (v) => Math.round(v * 255)) };
    const words = { ...floats, data: Uint16Array.from(bytes.data, (v) => v * 257) };
    const size = { width: 6, height: 5 };
    const expected = areaMean(bytes, 6, 5);
    const small = resizeArea(bytes, size);
    expect(small.data).toBeInstanceOf(Uint8Array);
    small.data.forEach((value, i) => {
      expect(Math.abs(value - (expected[i] ?? 0))).toBeLessThanOrEqual(0.5001);
    });
    const smallWords = resizeArea(words, size);
    expect(smallWords.data).toBeInstanceOf(Uint16Array);
    smallWords.data.forEach((value, i) => {
      expect(Math.abs(value - 257 * (expected[i] ?? 0))).toBeLessThanOrEqual(0.5001);
    });
  });

  it('changes nothing at the same size and keeps white white at any', () => {
    const source = rasterOf(8, 6, 3);
    expect(resizeArea(source, source).data).toEqual(source.data);
    const white = { width: 31, height: 7, channels: 3, data: new Uint8Array(31 * 7 * 3).fill(255) };
    for (const size of [
      { width: 1, height: 1 },
      { width: 10, height: 3 },
      { width: 40, height: 9 },
    ]) {
      expect(resizeArea(white, size).data.every((v) => v === 255)).toBe(true);
    }
  });

  it('refuses a size without pixels', () => {
    const source = rasterOf(2, 2, 1);
    expect(() => resizeArea(source, { width: 0, height: 1 })).toThrow('0x1');
    expect(() => resizeArea(source, { width: 1.5, height: 1 })).toThrow('1.5x1');
  });
});

describe('resizeBilinear', () => {
  it('interpolates between pixel centres and holds the borders', () => {
    const source = { width: 2, height: 1, channels: 1, data: Float32Array.of(0, 4) };
    const large = resizeBilinear(source, { width: 4, height: 2 });
    expect([...large.data]).toEqual([0, 1, 3, 4, 0, 1, 3, 4]);
  });

  it('keeps a ramp a ramp, away from the borders, in every channel', () => {
    const data = Float32Array.from({ length: 8 * 5 * 2 }, (_, i) => {
      const x = Math.floor(i / 2) % 8;
      const y = Math.floor(i / 16);
      return i % 2 ? 3 * y : 2 * x - y;
    });
    const large = resizeBilinear(
      { width: 8, height: 5, channels: 2, data },
      { width: 24, height: 20 },
    );
    for (let y = 2; y < 18; y++) {
      for (let x = 2; x < 22; x++) {
        const u = (x + 0.5) / 3 - 0.5;
        const v = (y + 0.5) / 4 - 0.5;
        expect(large.data[(y * 24 + x) * 2]).toBeCloseTo(2 * u - v, 4);
        expect(large.data[(y * 24 + x) * 2 + 1]).toBeCloseTo(3 * v, 4);
      }
    }
  });

  it('changes nothing at the same size and takes a single pixel to any', () => {
    const bytes = { width: 3, height: 2, channels: 1, data: Uint8Array.of(0, 255, 7, 9, 128, 254) };
    expect(resizeBilinear(bytes, bytes).data).toEqual(bytes.data);
    const dot = { width: 1, height: 1, channels: 3, data: Uint8Array.of(255, 3, 0) };
    expect([...resizeBilinear(dot, { width: 2, height: 1 }).data]).toEqual([255, 3, 0, 255, 3, 0]);
  });
});
