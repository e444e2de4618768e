import { sizeWithin } from '@diorama/core';
import { bitmapOfPhoto } from '../bitmap-of.ts';
import { photoAt } from '../photo-at.ts';
import type { AnswerOf, RequestOf } from '../photo-tasks.ts';
import type { TaskContext } from '../tasks.ts';

export async function glimpseTask(
  { longSide }: RequestOf<'glimpse'>,
  { desk, transfer }: TaskContext,
): Promise<AnswerOf<'glimpse'>> {
  const { work } = desk;
  const photo = await bitmapOfPhoto(photoAt(work, sizeWithin(work.colour, longSide)));
  transfer.push(photo);
  return { photo };
}
