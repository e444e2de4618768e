import { resizeBilinear } from '@diorama/core';
import { onWhite } from '@diorama/engine/steps';
import { fitModelPicture } from '@diorama/runtime';
import type { AnswerOf, RequestOf } from '../photo-tasks.ts';
import type { TaskContext } from '../tasks.ts';

/** The photo as the network sees it, by the same rules as on the server. */
export function fitTask(
  { card }: RequestOf<'fit'>,
  { desk, transfer }: TaskContext,
): AnswerOf<'fit'> {
  const { colour, alpha } = desk.work;
  const photo = alpha ? onWhite({ colour, alpha }) : colour;
  const picture = fitModelPicture(card, photo);
  // Edges are found by a picture whose pixels stand for the middle of their share.
  desk.picture =
    card.input.resample === 'bilinear-corner' ? resizeBilinear(photo, picture) : picture;
  const image = { ...picture, data: picture.data.slice() };
  transfer.push(image.data.buffer);
  return { image };
}
