import { DioramaError } from '@diorama/core';

/** The matte is widened on a picture of this longer side. */
const MASK_LONG_SIDE = 1024;
/** By so many of its pixels: what is mixed at a clean edge lies within. */
const WIDEN_PX = 1.5;
/** So often the photo is laid over: where the matte is unsure, each time takes half of what is filled in away. */
const LAYS = 3;

/**
 * Lays the photo over a plate (a canvas of its size) where the subject is not. A plate is filled in for some way around
 * the subject, too; on a stage that is seen from the front it is to be the photo wherever the photo shows background.
 */
export function settlePlate(
  context: OffscreenCanvasRenderingContext2D,
  photo: ImageBitmap,
  subject: ImageBitmap,
): void {
  const { width, height } = context.canvas;
  const factor = Math.min(1, MASK_LONG_SIDE / Math.max(width, height));
  const mask = new OffscreenCanvas(Math.ceil(width * factor), Math.ceil(height * factor));
  const around = mask.getContext('2d');
  const outside = new OffscreenCanvas(width, height).getContext('2d');
  if (!around || !outside) throw new DioramaError('INTERNAL', 'This browser gives no canvas.');
  for (let turn = 0; turn < 8; turn++) {
    const angle = (turn * Math.PI) / 4;
    const [x, y] = [WIDEN_PX * Math.cos(angle), WIDEN_PX * Math.sin(angle)];
    around.drawImage(subject, x, y, mask.width, mask.height);
  }
  outside.drawImage(mask, 0, 0, width, height);
  outside.globalCompositeOperation = 'source-out';
  outside.drawImage(photo, 0, 0, width, height);
  for (let lay = 0; lay < LAYS; lay++) context.drawImage(outside.canvas, 0, 0);
  mask.width = 0;
  outside.canvas.width = 0;
}
