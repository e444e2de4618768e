import type { ByteRaster, WordRaster } from '@diorama/core';

/** Pixels (4 channels, straight alpha) as a picture that can be drawn. */
export function canvasOf({ width, height, data }: ByteRaster): OffscreenCanvas {
  const bytes = new Uint8ClampedArray(data.buffer as ArrayBuffer, data.byteOffset, data.length); // shared with nobody
  return show(new ImageData(bytes, width, height));
}

/** A plane (1 channel: bytes, or words by their higher byte) as a grey picture: 0 is black. */
export function greyCanvas({ width, height, data }: ByteRaster | WordRaster): OffscreenCanvas {
  const pixels = new ImageData(width, height);
  // A pixel at once: opaque grey is one word.
  const words = new Uint32Array(pixels.data.buffer);
  const shift = data instanceof Uint16Array ? 8 : 0;
  for (let i = 0; i < words.length; i++) {
    words[i] = 0xff000000 | (((data[i] as number) >> shift) * 0x010101); // one grid
  }
  return show(pixels);
}

function show(pixels: ImageData): OffscreenCanvas {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas;
}
