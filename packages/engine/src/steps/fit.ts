import type { ModelCard } from '@diorama/contract';
import { type ByteRaster, byteRaster, resizeArea, resizeBilinear } from '@diorama/core';
import type { Photo } from '@diorama/photo-io';
import { fitModelSize } from '@diorama/runtime';
import type { Intake } from './intake.ts';

/**
 * The model-sized picture: 3 channels, sRGB, the photo's transparency laid on white. It is all that ever
 * travels to a predictor.
 */
export async function fit(input: Intake, card: ModelCard): Promise<ByteRaster> {
  const size = fitModelSize(card, input.info);
  const small = await input.decodeSmall(size);
  if (small) return onWhite(small);
  const photo = onWhite(await input.photo);
  const isShrinking = size.width <= photo.width && size.height <= photo.height;
  return isShrinking ? resizeArea(photo, size) : resizeBilinear(photo, size);
}

/** White, since it is what a person sees a transparent picture on, and what product photos are taken before. */
function onWhite(photo: Photo): ByteRaster {
  const { colour, alpha } = photo;
  if (!alpha) return colour;
  const out = byteRaster(colour, 3);
  const from = colour.data;
  for (let pixel = 0, at = 0; pixel < alpha.data.length; pixel++) {
    const a = alpha.data[pixel] as number; // in range by the loop's bound
    const white = 255 * (255 - a) + 127;
    for (let c = 0; c < 3; c++, at++) out.data[at] = ((from[at] as number) * a + white) / 255;
  }
  return out;
}
