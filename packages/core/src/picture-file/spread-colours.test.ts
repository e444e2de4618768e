import { describe, expect, it } from 'vitest';
import { byteRaster } from '../raster.ts';
import { spreadColours } from './spread-colours.ts';

describe('spreadColours', () => {
  it('gives clear pixels the nearest colours and leaves alpha and all others as they are', () => {
    const picture = byteRaster({ width: 37, height: 9 }, 4);
    const at = (x: number, y: number) => (y * 37 + x) * 4;
    picture.data.set([200, 100, 50, 255], at(3, 4));
    picture.data.set([10, 20, 30, 7], at(30, 4));
    spreadColours(picture);
    expect([...picture.data.subarray(at(3, 4), at(3, 4) + 4)]).toEqual([200, 100, 50, 255]);
    expect([...picture.data.subarray(at(30, 4), at(30, 4) + 4)]).toEqual([10, 20, 30, 7]);
    expect([...picture.data.subarray(at(2, 4), at(2, 4) + 4)]).toEqual([200, 100, 50, 0]);
    expect([...picture.data.subarray(at(31, 5), at(31, 5) + 4)]).toEqual([10, 20, 30, 0]);
    const alphas = picture.data.filter((_, i) => i % 4 === 3);
    expect(alphas.reduce((sum, alpha) => sum + alpha, 0)).toBe(262);
    const reds = picture.data.filter((_, i) => i % 4 === 0);
    expect(Math.min(...reds)).toBeGreaterThan(0);
  });

  it.each([
    [1, 1],
    [5, 3],
  ])('leaves a clear picture of %i by %i as it is', (width, height) => {
    const picture = byteRaster({ width, height }, 4);
    spreadColours(picture);
    expect(picture.data.every((sample) => sample === 0)).toBe(true);
  });

  it('leaves an opaque picture as it is', () => {
    const picture = byteRaster({ width: 4, height: 4 }, 4);
    picture.data.forEach((_, i) => {
      picture.data[i] = i % 4 === 3 ? 255 : i * 3;
    });
    const before = picture.data.slice();
    spreadColours(picture);
    expect(picture.data).toEqual(before);
  });
});
