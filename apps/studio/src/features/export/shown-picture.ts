import type { ByteRaster, WordRaster } from '@diorama/core';
import type { WorkLayers } from '../../engine/state.ts';

/** What can be drawn. */
export type Picture = ImageBitmap | OffscreenCanvas;

/** Layers that are shown as they are, without an effect. */
export type PlainLayer = 'photo' | 'subject' | 'plate' | 'depth' | 'matte' | 'plate-depth';

/** The layer that a kind shows. */
export function pictureOfLayer(layers: WorkLayers, layer: PlainLayer): Picture {
  switch (layer) {
    case 'photo':
    case 'subject':
    case 'plate':
      return layers[layer];
    case 'matte':
      return greyCanvas(layers.matte);
    case 'depth':
      return greyCanvas(layers.depth);
    case 'plate-depth':
      return greyCanvas(layers.plateDepth);
  }
}

function greyCanvas({ width, height, data }: ByteRaster | WordRaster): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const pixels = new ImageData(width, height);
  // A pixel at once: opaque grey is one word.
  const words = new Uint32Array(pixels.data.buffer);
  const shift = data instanceof Uint16Array ? 8 : 0;
  for (let i = 0; i < words.length; i++) {
    words[i] = 0xff000000 | (((data[i] as number) >> shift) * 0x010101); // one grid
  }
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas;
}
