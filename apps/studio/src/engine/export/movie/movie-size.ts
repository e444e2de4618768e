import type { Size } from '@diorama/core';

export const MOVIE_SHAPES = ['photo', 'square', 'tall', 'wide'] as const;
/** The photo's own shape, or what is cut out of its middle: 1:1, 9:16 or 16:9. */
export type MovieShape = (typeof MOVIE_SHAPES)[number];

const ASPECTS: Readonly<Record<Exclude<MovieShape, 'photo'>, number>> = {
  square: 1,
  tall: 9 / 16,
  wide: 16 / 9,
};

interface MovieSizeOptions {
  readonly shape: MovieShape;
  /** Of the movie, in pixels. */
  readonly longSide: number;
  /** Whether both sides are to be even, as video encoders want them. */
  readonly isEven: boolean;
}

/** The size of a movie: never larger than what of the photo it shows, at least 2 × 2. */
export function movieSize(photo: Size, { shape, longSide, isEven }: MovieSizeOptions): Size {
  const aspect = shape === 'photo' ? photo.width / photo.height : ASPECTS[shape];
  const width = Math.min(photo.width, photo.height * aspect);
  const height = width / aspect;
  const factor = Math.min(1, longSide / Math.max(width, height));
  return { width: side(width * factor, isEven), height: side(height * factor, isEven) };
}

/** The longer side of the whole photo at the size at which a movie shows its part of it. */
export function coveringLongSide(photo: Size, movie: Size): number {
  const factor = Math.max(movie.width / photo.width, movie.height / photo.height);
  return Math.ceil(Math.max(photo.width, photo.height) * Math.min(1, factor));
}

function side(pixels: number, isEven: boolean): number {
  return Math.max(2, isEven ? 2 * Math.round(pixels / 2) : Math.round(pixels));
}
