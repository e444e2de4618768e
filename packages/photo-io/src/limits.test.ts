import { describe, expect, it } from 'vitest';
import {
  checkBytes,
  checkFrames,
  checkSize,
  DEFAULT_PHOTO_LIMITS,
  resolveLimits,
} from './limits.ts';

const limits = resolveLimits({ bytes: 1000, pixels: 10_000, sidePx: 500, frames: 3 });

describe('photo limits', () => {
  it('allows what reaches the limit exactly', () => {
    checkBytes(1000, limits);
    checkSize({ width: 500, height: 20 }, limits);
    checkFrames(3, limits);
  });

  it('refuses one more of each, with its own code and the figures', () => {
    expect(() => checkBytes(1001, limits)).toThrowError(
      expect.objectContaining({
        code: 'PHOTO_TOO_MANY_BYTES',
        detail: { found: 1001, allowed: 1000 },
      }),
    );
    expect(() => checkSize({ width: 100, height: 101 }, limits)).toThrowError(
      expect.objectContaining({
        code: 'PHOTO_TOO_MANY_PIXELS',
        detail: { found: 10_100, allowed: 10_000, width: 100, height: 101 },
      }),
    );
    expect(() => checkSize({ width: 2, height: 501 }, limits)).toThrowError(
      expect.objectContaining({
        code: 'PHOTO_SIDE_TOO_LONG',
        detail: { found: 501, allowed: 500, width: 2, height: 501 },
      }),
    );
    expect(() => checkFrames(4, limits)).toThrowError(
      expect.objectContaining({
        code: 'PHOTO_TOO_MANY_FRAMES',
        detail: { found: 4, allowed: 3 },
      }),
    );
  });

  it('holds what cameras of 64 MP give', () => {
    checkSize({ width: 9248, height: 6936 }, DEFAULT_PHOTO_LIMITS);
  });

  it.each([0, -1, Number.NaN])('refuses %s as a limit', (pixels) => {
    expect(() => resolveLimits({ pixels })).toThrowError(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
  });
});
