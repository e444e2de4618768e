import { fitModelPicture } from '@diorama/runtime';
import type { AnswerOf, RequestOf } from '../photo-tasks.ts';
import type { TaskContext } from '../tasks.ts';

export function fitTask(
  { card }: RequestOf<'fit'>,
  { desk, transfer }: TaskContext,
): AnswerOf<'fit'> {
  const picture = fitModelPicture(card, desk.work.colour);
  desk.picture = picture;
  const image = { ...picture, data: picture.data.slice() };
  transfer.push(image.data.buffer);
  return { image };
}
