import { resizeArea, type Size } from '@diorama/core';
import type { PhotoRaster } from './photo-desk.ts';

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
