import type { ModelCard } from '@diorama/contract';
import {
  type ByteRaster,
  resizeArea,
  resizeBicubic,
  resizeBilinear,
  resizeBilinearAligned,
  resizeBilinearFromCorner,
} from '@diorama/core';
import { fitModelSize } from '../shared/model-size.ts';

/**
 * A photo (3 channels, sRGB) as a model sees it: of the size that its card allows, and resampled as the card says.
 * @throws DioramaError `REQUEST_INVALID` for a photo without pixels
 */
export function fitModelPicture(card: ModelCard, photo: ByteRaster): ByteRaster {
  const size = fitModelSize(card, photo);
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
