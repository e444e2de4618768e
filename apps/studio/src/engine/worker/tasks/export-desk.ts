import { DioramaError } from '@diorama/core';
import { frameDeskOf } from '../frame-desk.ts';
import type { AnswerOf, RequestOf } from '../photo-tasks.ts';
import type { TaskContext } from '../tasks.ts';

/** What a file can be made of in another worker: the photo's file and what the network said, no picture of either. */
export function exportDeskTask(
  _request: RequestOf<'export-desk'>,
  { desk }: TaskContext,
): AnswerOf<'export-desk'> {
  const { file, size, picture, prediction } = desk;
  if (!file || !size) throw new DioramaError('INTERNAL', 'A task was asked before its turn.');
  return { file, size, picture, prediction, pictures: frameDeskOf(desk).pictures };
}
