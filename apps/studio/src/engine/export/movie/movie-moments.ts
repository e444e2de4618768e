import type { Recipe } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { StageLayer } from '../../../stage/stage-layers.ts';
import type { Frame, FrameLayer } from '../../worker/photo-tasks.ts';
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
  const hasEffects = recipe.effects.some(({ isOn }) => isOn);
  const layers = await layersOf(frame, hasEffects ? undefined : worker, signal);
  return { kind: 'layers', layers, size: frame.size };
}

/** Bitmaps of a moment, to be handed on to a worker. */
export function bitmapsOf(moment: MovieMoment): ImageBitmap[] {
  return moment.kind === 'picture' ? [moment.picture] : moment.layers.map(({ colour }) => colour);
}

/** From far to near; a background with jumps of its own becomes two, as on the stage. */
async function layersOf(
  { layers }: Frame,
  worker: PhotoWorker | undefined,
  signal: AbortSignal,
): Promise<StageLayer[]> {
  if (!layers) throw new DioramaError('INTERNAL', 'A frame came without its layers.');
  const { plate, between, subject, front } = layers;
  const parts = worker ? await worker.ask('take-apart', plate, { signal }) : {};
  const { far, near } = parts;
  if (far && near) plate.colour.close();
  return [
    ...(far && near ? [named('plate', far), named('plate-near', near)] : [named('plate', plate)]),
    ...(between ? [named('between', between)] : []),
    named('subject', subject),
    ...(front ? [named('front', front)] : []),
  ];
}

function named(name: StageLayer['name'], { colour, depth }: FrameLayer): StageLayer {
  return { name, colour, depth };
}
