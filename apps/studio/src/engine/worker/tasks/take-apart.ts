import { byteRaster, DioramaError, takeApart } from '@diorama/core';
import { bitmapOf } from '../bitmap-of.ts';
import type { AnswerOf, FrameLayer, RequestOf } from '../photo-tasks.ts';
import type { TaskContext } from '../tasks.ts';

/** An opaque layer in two where its depth jumps, for the stage. */
export async function takeApartTask(
  { colour, depth }: RequestOf<'take-apart'>,
  { transfer }: TaskContext,
): Promise<AnswerOf<'take-apart'>> {
  const canvas = new OffscreenCanvas(depth.width, depth.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new DioramaError('INTERNAL', 'This browser gives no canvas.');
  context.drawImage(colour, 0, 0);
  colour.close();
  const pixels = byteRaster(depth, 4);
  pixels.data.set(context.getImageData(0, 0, depth.width, depth.height).data);
  const parts = takeApart({ colour: pixels, depth });
  if (!parts) return {};
  const [far, near] = await Promise.all([bitmapOf(parts.far.colour), bitmapOf(parts.near.colour)]);
  transfer.push(far, near);
  const layer = (bitmap: ImageBitmap, { depth: words }: typeof parts.far): FrameLayer => ({
    colour: bitmap,
    depth: words,
  });
  return { far: layer(far, parts.far), near: layer(near, parts.near) };
}
