import { byteRaster, DioramaError, type Size } from '@diorama/core';
import type { PhotoRaster } from './photo-desk.ts';
import { sizeWithin } from './size-within.ts';

/**
 * A photo upright, in sRGB, its longer side `longSide` at most. `size` is its full one.
 * @throws DioramaError `PHOTO_UNREADABLE`
 */
export async function decodePhoto(
  file: Blob,
  longSide: number,
): Promise<{ readonly size: Size; readonly photo: PhotoRaster }> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (error) {
    throw new DioramaError('PHOTO_UNREADABLE', 'This browser cannot read the file as a photo.', {
      cause: error,
    });
  }
  const size = { width: bitmap.width, height: bitmap.height };
  const within = sizeWithin(size, longSide);
  try {
    return { size, photo: await rasterOf(bitmap, within) };
  } finally {
    bitmap.close();
  }
}

async function rasterOf(bitmap: ImageBitmap, size: Size): Promise<PhotoRaster> {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new DioramaError('INTERNAL', 'This browser gives no canvas.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  const { data } = context.getImageData(0, 0, size.width, size.height);
  const colour = byteRaster(size, 3);
  const alpha = byteRaster(size, 1);
  let isOpaque = true;
  for (let from = 0, to = 0, pixel = 0; from < data.length; from += 4, to += 3, pixel++) {
    colour.data[to] = data[from] as number; // in range by the loop's bound
    colour.data[to + 1] = data[from + 1] as number;
    colour.data[to + 2] = data[from + 2] as number;
    const a = data[from + 3] as number;
    alpha.data[pixel] = a;
    if (a !== 255) isOpaque = false;
  }
  return isOpaque ? { colour } : { colour, alpha };
}
