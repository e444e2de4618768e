import type { Recipe } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { stageLayersOfFrame } from '../../../stage/stage-layers.ts';
import type { PhotoWorker } from '../../worker/photo-worker.ts';
import type { MovieMoment } from './movie-messages.ts';
import type { MovieOrder } from './movie-order.ts';

export interface MomentOptions {
  readonly recipe: Recipe;
  /** Of the photo, at the size at which the movie shows it. */
  readonly longSide: number;
  readonly signal: AbortSignal;
}

/** What a moment of a movie is drawn from, made by the photo's own worker. @throws DioramaError as its task `frame` */
export async function makeMoment(
  worker: PhotoWorker,
  share: number,
  order: Pick<MovieOrder, 'isFlat'>,
  { recipe, longSide, signal }: MomentOptions,
): Promise<MovieMoment> {
  const want = order.isFlat ? 'picture' : 'layers';
  const frame = await worker.ask('frame', { recipe, longSide, share, want }, { signal });
  if (frame.picture) return { kind: 'picture', picture: frame.picture };
  if (!frame.layers) throw new DioramaError('INTERNAL', 'A frame came without its layers.');
  return { kind: 'layers', layers: stageLayersOfFrame(frame.layers), size: frame.size };
}

/** Bitmaps of a moment, to be handed on to a worker. */
export function bitmapsOf(moment: MovieMoment): ImageBitmap[] {
  return moment.kind === 'picture' ? [moment.picture] : moment.layers.map(({ colour }) => colour);
}
