import type { Size } from '@diorama/core';
import type { StageLayers } from '../../../stage/stage-layers.ts';
import type { MovieOrder } from './movie-order.ts';

/** What one moment is drawn from: layers for the stage, or a picture as it is. Its bitmaps belong to who receives it. */
export type MovieMoment =
  | { readonly kind: 'layers'; readonly layers: StageLayers; readonly size: Size }
  | { readonly kind: 'picture'; readonly picture: ImageBitmap };

/** From the page. */
export type ToMovieWorker =
  | { readonly kind: 'make'; readonly order: MovieOrder }
  | { readonly kind: 'moment'; readonly id: number; readonly moment: MovieMoment };

/** To the page. */
export type FromMovieWorker =
  /** Asks for a moment of the loop, 0..1. */
  | { readonly kind: 'need'; readonly id: number; readonly share: number }
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly file: Blob }
  | { readonly kind: 'refusal'; readonly code: string; readonly message: string };
