import { type ByteRaster, byteRaster } from '@diorama/core';

/** Behind the subject, and where the photo is transparent: there is no background to be seen in either. 1 channel each. */
export function unknownBackground(matte: ByteRaster, alpha: ByteRaster): ByteRaster {
  const hole = byteRaster(matte, 1);
  for (let i = 0; i < hole.data.length; i++) {
    hole.data[i] = Math.max(matte.data[i] as number, 255 - (alpha.data[i] as number)); // one grid
  }
  return hole;
}
