import type { Size } from '@diorama/core';
import type { StageSettings } from '../../../stage/stage-settings.ts';

export const MOVIE_FORMATS = ['mp4', 'webm', 'gif', 'webp'] as const;
export type MovieFormat = (typeof MOVIE_FORMATS)[number];
/** Formats that a video encoder of the browser makes. */
export type VideoFormat = Extract<MovieFormat, 'mp4' | 'webm'>;

export const MOVIE_QUALITIES = ['small', 'good', 'best'] as const;
export type MovieQuality = (typeof MOVIE_QUALITIES)[number];

/** How the colours of a GIF are found: the same for all of the movie, or anew for each picture. */
export const GIF_PALETTES = ['one', 'each'] as const;
export type GifPalette = (typeof GIF_PALETTES)[number];

/** What is to be made: plain values, since a worker makes it. */
export interface MovieOrder {
  readonly format: MovieFormat;
  readonly size: Size;
  readonly framesPerSecond: number;
  /** Pictures of one turn of the loop. */
  readonly frames: number;
  /** Turns in a row. Formats that repeat by themselves have one. */
  readonly loops: number;
  readonly quality: MovieQuality;
  readonly palette: GifPalette;
  /** Whether what lies between two colours of a GIF is a pattern of both. */
  readonly isDithered: boolean;
  /** Whether layers or pictures are another at each moment, so that each is asked for. */
  readonly isMoving: boolean;
  /** Whether the camera stands still at the photo's own viewpoint: then pictures are taken as they are. */
  readonly isFlat: boolean;
  readonly stage: StageSettings;
  /** Behind points, surfaces and boxes: red, green, blue, 0..1 of sRGB. */
  readonly ground: readonly [number, number, number];
}

/** The moment of the loop that a picture of the movie shows, 0..1: the last is one step before the first again. */
export function shareOf(index: number, { frames }: Pick<MovieOrder, 'frames'>): number {
  return (index % frames) / frames;
}

export function isVideo(format: MovieFormat): format is VideoFormat {
  return format === 'mp4' || format === 'webm';
}
