import { describe, expect, it } from 'vitest';
import { clearSame, PaletteMap } from './gif-colours.ts';

const BLACK_AND_WHITE = [
  [0, 0, 0],
  [255, 255, 255],
] as const;

function grey(value: number, count: number): Uint8ClampedArray {
  return new Uint8ClampedArray(count * 4).fill(value);
}

describe('the nearest colours of a palette', () => {
  it('are found for colours that are in it, and between', () => {
    const map = new PaletteMap([...BLACK_AND_WHITE, [200, 0, 0]]);
    const out = new Uint8Array(4);
    const pixels = new Uint8ClampedArray([
      0, 0, 0, 255, 250, 250, 250, 255, 180, 20, 20, 0, 60, 60, 60, 9,
    ]);
    map.map(pixels, 4, false, out);
    expect([...out]).toEqual([0, 1, 2, 0]);
  });

  it('make a pattern with as much of each as a shade between them has', () => {
    const palette = [
      [100, 100, 100],
      [120, 120, 120],
    ] as const;
    const out = new Uint8Array(64);
    new PaletteMap(palette).map(grey(112, 64), 8, true, out);
    const light = out.reduce((sum, index) => sum + index, 0);
    expect(light).toBeGreaterThan(30);
    expect(light).toBeLessThan(50);
  });

  it('are the same for the same picture again, so that what stands still does not flicker', () => {
    const map = new PaletteMap(BLACK_AND_WHITE);
    const [first, second] = [new Uint8Array(64), new Uint8Array(64)];
    map.map(grey(130, 64), 8, true, first);
    map.map(grey(130, 64), 8, true, second);
    expect(second).toEqual(first);
  });

  it('work for one colour and one pixel', () => {
    const out = new Uint8Array([7]);
    new PaletteMap([[1, 2, 3]]).map(grey(200, 1), 1, true, out);
    expect([...out]).toEqual([0]);
  });
});

describe('what is the same as before', () => {
  it('is cleared, and only that', () => {
    const out = new Uint8Array(3);
    expect(clearSame(new Uint8Array([1, 2, 3]), new Uint8Array([1, 9, 3]), 255, out)).toBe(true);
    expect([...out]).toEqual([255, 2, 255]);
    expect(clearSame(new Uint8Array([1, 2, 3]), new Uint8Array([4, 5, 6]), 255, out)).toBe(false);
    expect([...out]).toEqual([1, 2, 3]);
  });
});
