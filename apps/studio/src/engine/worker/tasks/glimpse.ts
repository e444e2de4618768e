import { resizeArea } from '@diorama/core';
import { bitmapOf } from '../bitmap-of.ts';
import type { AnswerOf, RequestOf } from '../photo-tasks.ts';
import { sizeWithin } from '../size-within.ts';
import type { TaskContext } from '../tasks.ts';

export async function glimpseTask(
  { longSide }: RequestOf<'glimpse'>,
  { desk, transfer }: TaskContext,
): Promise<AnswerOf<'glimpse'>> {
  const { colour } = desk.work;
  const photo = await bitmapOf(resizeArea(colour, sizeWithin(colour, longSide)));
  transfer.push(photo);
  return { photo };
}
