import type { Recipe } from '@diorama/contract';
import type { Size } from '@diorama/core';
import { isMoving } from '@diorama/engine/recipe';
import type { StageSettings } from '../../../stage/stage-settings.ts';
import {
  type GifPalette,
  isVideo,
  type MovieFormat,
  type MovieOrder,
  type MovieQuality,
} from './movie-order.ts';
import { type MovieShape, movieSize } from './movie-size.ts';

/** What a person chose for a movie; what does not go with the format is left out of account. */
export interface MovieSettings {
  readonly format: MovieFormat;
  readonly shape: MovieShape;
  readonly longSide: number;
  readonly framesPerSecond: number;
  readonly loops: number;
  readonly quality: MovieQuality;
  readonly palette: GifPalette;
  readonly isDithered: boolean;
}

export const STANDARD_MOVIE: MovieSettings = {
  format: 'mp4',
  shape: 'photo',
  longSide: 1280,
  framesPerSecond: 30,
  loops: 1,
  quality: 'good',
  palette: 'one',
  isDithered: true,
};

/** A file lies in memory until it is saved. */
export const MOST_BYTES = 600_000_000;
export const LOOPS = { least: 1, most: 10 } as const;

const VIDEO_SIDES = [720, 1280, 1920, 3840] as const;
const PICTURE_SIDES = [320, 480, 640, 960] as const;
const VIDEO_RATES = [24, 30, 60] as const;
const PICTURE_RATES = [10, 15, 20, 25] as const;

/** Lengths of the longer side that make sense for a format: moving pictures that are no video grow fast. */
export function sidesOf(format: MovieFormat): readonly number[] {
  return isVideo(format) ? VIDEO_SIDES : PICTURE_SIDES;
}

export function ratesOf(format: MovieFormat): readonly number[] {
  return isVideo(format) ? VIDEO_RATES : PICTURE_RATES;
}

/** Settings with another format, and with sides and rates that this one has. */
export function withFormat(settings: MovieSettings, format: MovieFormat): MovieSettings {
  if (isVideo(settings.format) === isVideo(format)) return { ...settings, format };
  return isVideo(format)
    ? { ...settings, format, longSide: 1280, framesPerSecond: 30 }
    : { ...settings, format, longSide: 480, framesPerSecond: 20 };
}

/** What of the studio a movie is made of. One turn takes the recipe's `loopSeconds`. */
export interface MovieScene {
  readonly photo: Size;
  readonly recipe: Recipe;
  readonly stage: StageSettings;
  readonly ground: readonly [number, number, number];
}

/** What is to be made of a photo by these settings. */
export function orderOf(settings: MovieSettings, scene: MovieScene): MovieOrder {
  const { format, framesPerSecond, shape, longSide, quality, palette, isDithered } = settings;
  const { photo, recipe, stage, ground } = scene;
  const isFlat = stage.path === 'still' && stage.look.kind === 'parallax';
  return {
    format,
    size: movieSize(photo, { shape, longSide, isEven: isVideo(format) }),
    framesPerSecond,
    frames: Math.max(2, Math.round(recipe.loopSeconds * framesPerSecond)),
    loops: isVideo(format) ? settings.loops : 1,
    quality,
    palette,
    isDithered,
    isMoving: recipe.effects.some(isMoving),
    isFlat,
    stage,
    ground,
  };
}

/** Whether any two pictures of the movie differ. */
export function hasMotion({ isMoving: isAlive, stage }: MovieOrder): boolean {
  return isAlive || (stage.path !== 'still' && stage.amount > 0);
}
