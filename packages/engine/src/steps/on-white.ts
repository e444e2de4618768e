import { type ByteRaster, byteRaster } from '@diorama/core';
import type { Photo } from '@diorama/photo-io';

/**
 * A photo's 3 channels with what is transparent laid on white, since that is what a person sees a transparent picture on,
 * and what product photos are taken before.
 */
export function onWhite(photo: Photo): ByteRaster {
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
