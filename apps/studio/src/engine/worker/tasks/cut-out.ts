import { resizeArea, type Size } from '@diorama/core';
import { bitmapOf } from '../bitmap-of.ts';
import { cutOutOf } from '../matte-desk.ts';
import type { PhotoRaster } from '../photo-desk.ts';
import type { AnswerOf, RequestOf } from '../photo-tasks.ts';
import { sizeWithin } from '../size-within.ts';
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

let small: { readonly of: PhotoRaster; readonly photo: PhotoRaster } | undefined;

/** The photo at a size that is not larger than its own; the last small one is kept. */
export function photoAt(photo: PhotoRaster, size: Size): PhotoRaster {
  const { colour, alpha } = photo;
  if (colour.width === size.width && colour.height === size.height) return photo;
  const { width } = small?.photo.colour ?? {};
  if (small?.of !== photo || width !== size.width) {
    const less = resizeArea(colour, size);
    const made = alpha ? { colour: less, alpha: resizeArea(alpha, size) } : { colour: less };
    small = { of: photo, photo: made };
  }
  return small.photo;
}
