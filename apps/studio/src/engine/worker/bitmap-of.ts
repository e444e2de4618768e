import type { ByteRaster } from '@diorama/core';
import type { PhotoRaster } from './photo-desk.ts';

/**
 * A raster of 3 or 4 channels, with straight alpha, as a bitmap to be drawn. How the bitmap holds alpha is left to the
 * browser: WebKit draws those that were told to keep it straight as if they had not, and mixed pixels glow.
 */
export function bitmapOf(raster: ByteRaster): Promise<ImageBitmap> {
  return createImageBitmap(imageDataOf(raster));
}

/** A photo as a bitmap, with its transparency where it has any. */
export function bitmapOfPhoto({ colour, alpha }: PhotoRaster): Promise<ImageBitmap> {
  const pixels = imageDataOf(colour);
  for (let i = 0; alpha && i < alpha.data.length; i++) {
    pixels.data[i * 4 + 3] = alpha.data[i] as number; // in range by the loop's bound
  }
  return createImageBitmap(pixels);
}

/** A raster of 3 or 4 channels as the pixels of a canvas. */
export function imageDataOf({ width, height, channels, data }: ByteRaster): ImageData {
  const pixels = new Uint8ClampedArray(width * height * 4);
  if (channels === 4) {
    pixels.set(data);
  } else {
    for (let from = 0, to = 0; to < pixels.length; from += 3, to += 4) {
      pixels[to] = data[from] as number; // in range by the loop's bound
      pixels[to + 1] = data[from + 1] as number;
      pixels[to + 2] = data[from + 2] as number;
      pixels[to + 3] = 255;
    }
  }
  return new ImageData(pixels, width, height);
}
