import { DioramaError } from '@diorama/core';
import { decodePhoto } from '../decode-photo.ts';
import type { AnswerOf, RequestOf } from '../photo-tasks.ts';
import type { TaskContext } from '../tasks.ts';

/** The longer side of what is shown and edited; exports are made at full size anew. */
export const WORK_LONG_SIDE = 2048;

export async function openTask(
  { file }: RequestOf<'open'>,
  { desk, signal }: TaskContext,
): Promise<AnswerOf<'open'>> {
  if (file.size === 0) throw new DioramaError('PHOTO_EMPTY', 'The file is empty.');
  const { size, photo } = await decodePhoto(file, WORK_LONG_SIDE);
  signal.throwIfAborted();
  desk.file = file;
  desk.size = size;
  desk.work = photo;
  return { size };
}
