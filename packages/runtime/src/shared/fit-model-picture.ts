import type { ModelCard } from '@diorama/contract';
import {
  type ByteRaster,
  resizeArea,
  resizeBicubic,
  resizeBilinear,
  resizeBilinearAligned,
  resizeBilinearFromCorner,
  type Size,
} from '@diorama/core';
import { fitModelSize } from './model-size.ts';

/**
 * A photo (3 channels, sRGB) as a model sees it: resampled as its card says. `size` is the one that the
 * card asks for, unless the photo was larger before and the caller knows it of that.
 * @throws DioramaError `REQUEST_INVALID` for a photo without pixels
 */
export function fitModelPicture(
  card: ModelCard,
  photo: ByteRaster,
  size: Size = fitModelSize(card, photo),
): ByteRaster {
  switch (card.input.resample ?? 'area') {
    case 'bicubic':
      return resizeBicubic(photo, size);
    case 'bilinear':
      return resizeBilinear(photo, size);
    case 'bilinear-aligned':
      return resizeBilinearAligned(photo, size);
    case 'bilinear-corner':
      return resizeBilinearFromCorner(photo, size);
    case 'area': {
      // An average of less than a pixel is none.
      const isShrinking = size.width <= photo.width && size.height <= photo.height;
      return isShrinking ? resizeArea(photo, size) : resizeBilinear(photo, size);
    }
  }
}
