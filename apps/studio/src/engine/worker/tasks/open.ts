import { decodePhoto } from '../decode-photo.ts';
import type { AnswerOf, RequestOf } from '../photo-tasks.ts';
import { readHeader } from '../read-header.ts';
import type { TaskContext } from '../tasks.ts';
import { workLongSide } from '../work-long-side.ts';

export async function openTask(
  { file }: RequestOf<'open'>,
  { desk, signal }: TaskContext,
): Promise<AnswerOf<'open'>> {
  const header = await readHeader(file);
  signal.throwIfAborted();
  const { size, photo } = await decodePhoto(file, workLongSide(), header);
  signal.throwIfAborted();
  desk.file = file;
  desk.size = size;
  desk.work = photo;
  desk.focalLength35mm = header.focalLength35mm;
  return { size };
}
