import { decodePhoto } from '../decode-photo.ts';
import { frameDeskOf } from '../frame-desk.ts';
import type { AnswerOf, RequestOf } from '../photo-tasks.ts';
import type { TaskContext } from '../tasks.ts';

/** No background needs more. */
const PICTURE_LONG_SIDE = 4096;

/** Takes in a picture that recipes may name. */
export async function pictureTask(
  { name, file }: RequestOf<'picture'>,
  { desk, signal }: TaskContext,
): Promise<AnswerOf<'picture'>> {
  const { photo } = await decodePhoto(file, PICTURE_LONG_SIDE);
  signal.throwIfAborted();
  const { pictures, scenes } = frameDeskOf(desk);
  if (pictures.has(name)) scenes.forgetStages();
  pictures.set(name, photo.colour);
  return { size: { width: photo.colour.width, height: photo.colour.height } };
}
