import { byteRaster, DioramaError, sizeWithin, wordRaster } from '@diorama/core';
import type { SceneLayer } from '@diorama/core/scene';
import type { StageLayer } from './stage-layers.ts';

/** No shape of the stage is finer, so no layer is read at a larger size for one. */
const SCULPT_LONG_SIDE = 640;

/** A layer as rasters, small: what points, surfaces and boxes are made of. */
export function sculptLayer({ colour, depth }: StageLayer): SceneLayer {
  const size = sizeWithin(depth, SCULPT_LONG_SIDE);
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new DioramaError('INTERNAL', 'This browser gives no canvas.');
  context.imageSmoothingQuality = 'medium';
  context.drawImage(colour, 0, 0, size.width, size.height);
  const { data } = context.getImageData(0, 0, size.width, size.height);
  const pixels = byteRaster(size, 4);
  pixels.data.set(data);
  const words = wordRaster(size, 1);
  for (let y = 0, to = 0; y < size.height; y++) {
    const row = Math.floor(((y + 0.5) * depth.height) / size.height) * depth.width;
    for (let x = 0; x < size.width; x++, to++) {
      words.data[to] = depth.data[row + Math.floor(((x + 0.5) * depth.width) / size.width)] ?? 0;
    }
  }
  return { colour: pixels, depth: words };
}
