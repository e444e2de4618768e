import { describe, expect, it } from 'vitest';
import { coveringLongSide, movieSize } from './movie-size.ts';

const PHOTO = { width: 3000, height: 2001 };

describe('the size of a movie', () => {
  it.each([
    ['photo', 1280, { width: 1280, height: 854 }],
    ['square', 720, { width: 720, height: 720 }],
    ['tall', 1280, { width: 720, height: 1280 }],
    ['wide', 1920, { width: 1920, height: 1080 }],
  ] as const)('in the shape "%s" with %i pixels has even sides', (shape, longSide, size) => {
    expect(movieSize(PHOTO, { shape, longSide, isEven: true })).toEqual(size);
  });

  it('is never larger than what it shows of the photo', () => {
    const photo = { width: 300, height: 200 };
    expect(movieSize(photo, { shape: 'tall', longSide: 3840, isEven: true })).toEqual({
      width: 112,
      height: 200,
    });
  });

  it('keeps odd sides where nothing wants even ones', () => {
    const photo = { width: 301, height: 201 };
    expect(movieSize(photo, { shape: 'photo', longSide: 640, isEven: false })).toEqual(photo);
  });

  it('is something even for a photo of one pixel', () => {
    const photo = { width: 1, height: 1 };
    expect(movieSize(photo, { shape: 'wide', longSide: 720, isEven: true })).toEqual({
      width: 2,
      height: 2,
    });
  });
});

describe('the photo behind a movie', () => {
  it('covers it', () => {
    expect(coveringLongSide(PHOTO, { width: 1280, height: 854 })).toBe(1281);
    expect(coveringLongSide(PHOTO, { width: 720, height: 1280 })).toBe(1920);
  });

  it('is never larger than it is', () => {
    expect(coveringLongSide({ width: 1, height: 1 }, { width: 2, height: 2 })).toBe(1);
  });
});
