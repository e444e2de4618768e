import type {
  MovieFormat,
  MovieOrder,
  MovieQuality,
} from '../../../engine/export/movie/movie-order.ts';
import type { MovieShape } from '../../../engine/export/movie/movie-size.ts';
import type { StagePath } from '../../../stage/stage-settings.ts';
import type { Choice } from '../../../ui/segmented.tsx';
import { CAMERA_CHOICES } from '../../stage/camera-paths.ts';

export const FORMATS: readonly Choice<MovieFormat>[] = [
  { value: 'mp4', label: 'MP4', hint: 'Plays everywhere' },
  { value: 'webm', label: 'WebM', hint: 'A video for web pages' },
  { value: 'gif', label: 'GIF', hint: 'Repeats by itself, in 255 colours' },
  { value: 'webp', label: 'WebP', hint: 'Repeats by itself, in all colours' },
];

export const SHAPES: readonly Choice<MovieShape>[] = [
  { value: 'photo', label: 'Photo', hint: 'All of the photo' },
  { value: 'square', label: '1:1', hint: 'Its middle, as a square' },
  { value: 'tall', label: '9:16', hint: 'Its middle, for phones' },
  { value: 'wide', label: '16:9', hint: 'Its middle, for screens' },
];

export const QUALITIES: readonly Choice<MovieQuality>[] = [
  { value: 'small', label: 'Small' },
  { value: 'good', label: 'Good' },
  { value: 'best', label: 'Best' },
];

export const PATHS: readonly Choice<StagePath>[] = [
  { value: 'still', label: 'Still', hint: 'Only what effects move' },
  ...CAMERA_CHOICES,
];

/** Size, length and number of pictures, such as `1280 × 854 px, 6 s, 180 pictures`. */
export function orderInWords({ size, frames, loops, framesPerSecond }: MovieOrder): string {
  const seconds = (frames * loops) / framesPerSecond;
  const length = Number.isInteger(seconds) ? String(seconds) : seconds.toFixed(1);
  return `${size.width} × ${size.height} px, ${length} s, ${frames * loops} pictures`;
}

/** Time that is left, as a person says it. */
export function timeLeftInWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s left`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s left`;
}
