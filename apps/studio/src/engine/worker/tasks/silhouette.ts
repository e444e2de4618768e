import { byteRaster } from '@diorama/core';
import { bitmapOf } from '../bitmap-of.ts';
import { cutOutOf } from '../matte-desk.ts';
import type { AnswerOf, RequestOf } from '../photo-tasks.ts';
import type { TaskContext } from '../tasks.ts';

const HALF_ALPHA = 128;

/** The cut-out as a shape without soft edges, of which a line can be drawn. */
export async function silhouetteTask(
  { recipe }: RequestOf<'silhouette'>,
  { desk, transfer }: TaskContext,
): Promise<AnswerOf<'silhouette'>> {
  const { matte } = cutOutOf(desk.work, desk, recipe.matte);
  const shape = byteRaster(matte, 4);
  for (let i = 0; i < matte.data.length; i++) {
    if ((matte.data[i] ?? 0) >= HALF_ALPHA) shape.data[i * 4 + 3] = 255;
  }
  const silhouette = await bitmapOf(shape);
  transfer.push(silhouette);
  return { silhouette };
}
