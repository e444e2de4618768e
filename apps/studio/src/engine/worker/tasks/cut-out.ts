import { sizeWithin } from '@diorama/core';
import { bitmapOf } from '../bitmap-of.ts';
import { cutOutOf } from '../matte-desk.ts';
import { photoAt } from '../photo-at.ts';
import type { AnswerOf, RequestOf } from '../photo-tasks.ts';
import type { TaskContext } from '../tasks.ts';

/** What a brush or a slider changes at once; the other layers follow when the hand rests. */
export async function cutOutTask(
  { recipe, longSide }: RequestOf<'cut-out'>,
  { desk, transfer }: TaskContext,
): Promise<AnswerOf<'cut-out'>> {
  const size = sizeWithin(desk.work.colour, longSide);
  const made = cutOutOf(photoAt(desk.work, size), desk, recipe.matte);
  const subject = await bitmapOf(made.subject);
  const matte = { ...made.matte, data: made.matte.data.slice() };
  transfer.push(subject, matte.data.buffer);
  return { size, subject, matte };
}
