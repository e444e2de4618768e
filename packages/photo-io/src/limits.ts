import { DioramaError, type Size } from '@diorama/core';

/** What a photo may cost before anything of it is decoded. */
export interface PhotoLimits {
  /** Size of the file. */
  readonly bytes: number;
  /** Width times height of one frame. */
  readonly pixels: number;
  /** The longer side. */
  readonly sidePx: number;
  /** Frames of an animation, pages of a TIFF. Only the first is ever decoded. */
  readonly frames: number;
}

/**
 * 32 MiB; 64 Mi pixels, since sensors sold as "64 MP" give up to 64.2 million; a side of 32768, which holds
 * every panorama up to 16:1 at that many pixels (longer ones are bombs, not photos); 1000 frames, since the
 * others than the first are skipped but still have to be counted.
 */
export const DEFAULT_PHOTO_LIMITS: PhotoLimits = {
  bytes: 32 * 1024 * 1024,
  pixels: 64 * 1024 * 1024,
  sidePx: 32_768,
  frames: 1000,
};

/** The limits to use where only some were given. @throws DioramaError `CONFIG_INVALID` */
export function resolveLimits(limits: Partial<PhotoLimits> = {}): PhotoLimits {
  const resolved = { ...DEFAULT_PHOTO_LIMITS };
  for (const name of ['bytes', 'pixels', 'sidePx', 'frames'] as const) {
    const value = limits[name];
    if (value === undefined) continue;
    if (!(value >= 1)) {
      throw new DioramaError('CONFIG_INVALID', `The photo limit '${name}' must be at least 1.`, {
        detail: { limit: name, value },
      });
    }
    resolved[name] = value;
  }
  return resolved;
}

const MEBI = 1024 * 1024;

function megabytes(bytes: number): string {
  return `${(bytes / MEBI).toFixed(1)} MB`;
}

function megapixels(pixels: number): string {
  return `${(pixels / 1e6).toFixed(1)} million`;
}

/** @throws DioramaError `PHOTO_EMPTY`, `PHOTO_TOO_MANY_BYTES` */
export function checkBytes(found: number, limits: PhotoLimits): void {
  if (found === 0) throw new DioramaError('PHOTO_EMPTY', 'The photo holds no bytes.');
  if (found <= limits.bytes) return;
  throw new DioramaError(
    'PHOTO_TOO_MANY_BYTES',
    `The file holds ${megabytes(found)}; ${megabytes(limits.bytes)} are allowed.`,
    { detail: { found, allowed: limits.bytes } },
  );
}

/**
 * Holds the size that a header promises to the limits.
 * @throws DioramaError `PHOTO_SIDE_TOO_LONG`, `PHOTO_TOO_MANY_PIXELS`
 */
export function checkSize({ width, height }: Size, limits: PhotoLimits): void {
  const longest = Math.max(width, height);
  const pixels = width * height;
  // Pixels first: a picture that breaks both rules is too large before it is too long.
  if (pixels > limits.pixels) {
    throw new DioramaError(
      'PHOTO_TOO_MANY_PIXELS',
      `The photo has ${megapixels(pixels)} pixels (${width}x${height}); ${megapixels(limits.pixels)} are allowed.`,
      { detail: { found: pixels, allowed: limits.pixels, width, height } },
    );
  }
  if (longest > limits.sidePx) {
    throw new DioramaError(
      'PHOTO_SIDE_TOO_LONG',
      `The photo is ${width}x${height} pixels; a side of at most ${limits.sidePx} is allowed.`,
      { detail: { found: longest, allowed: limits.sidePx, width, height } },
    );
  }
}

/** @throws DioramaError `PHOTO_TOO_MANY_FRAMES` */
export function checkFrames(found: number, limits: PhotoLimits): void {
  if (found <= limits.frames) return;
  throw new DioramaError(
    'PHOTO_TOO_MANY_FRAMES',
    `The photo has ${found} frames; ${limits.frames} are allowed.`,
    { detail: { found, allowed: limits.frames } },
  );
}
