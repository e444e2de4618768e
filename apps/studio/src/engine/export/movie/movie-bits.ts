import type { Size } from '@diorama/core';
import { isVideo, type MovieFormat, type MovieOrder, type MovieQuality } from './movie-order.ts';

/** Bits for each pixel and picture that look as their names say, for movies of photos with H.264. */
const VIDEO_BITS: Readonly<Record<MovieQuality, number>> = { small: 0.06, good: 0.13, best: 0.28 };
const LEAST_BITS_PER_SECOND = 400_000;
const MOST_BITS_PER_SECOND = 60_000_000;
/** As measured on photos in a camera that goes around: what each pixel of a GIF or a WebP takes. */
const PICTURE_BITS: Readonly<Record<Exclude<MovieFormat, 'mp4' | 'webm'>, number>> = {
  gif: 5,
  webp: 1.2,
};

/** What a video encoder is told to use. */
export function bitsPerSecond(
  { width, height }: Size,
  framesPerSecond: number,
  quality: MovieQuality,
): number {
  const bits = width * height * framesPerSecond * VIDEO_BITS[quality];
  return Math.round(Math.min(MOST_BITS_PER_SECOND, Math.max(LEAST_BITS_PER_SECOND, bits)));
}

/** About how large the file becomes. */
export function guessBytes(
  order: Pick<MovieOrder, 'format' | 'size' | 'framesPerSecond' | 'frames' | 'loops' | 'quality'>,
): number {
  const { format, size, framesPerSecond, frames, loops, quality } = order;
  if (isVideo(format)) {
    const seconds = (frames * loops) / framesPerSecond;
    return (bitsPerSecond(size, framesPerSecond, quality) * seconds) / 8;
  }
  return (size.width * size.height * frames * PICTURE_BITS[format]) / 8;
}
