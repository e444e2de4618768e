import type { ByteRaster } from '@diorama/core';
import { type ColourMapName, colourDepth, colourTable } from '@diorama/core/scene';
import type { WorkLayers } from '../../engine/state.ts';
import { canvasOf, greyCanvas } from '../../viewport/index.ts';
import type { ComparedLayer } from './compare-store.ts';

/** What can be drawn. */
export type LayerPicture = ImageBitmap | OffscreenCanvas;

export interface LayerPictureOptions {
  readonly colourMap: ColourMapName;
  readonly hasContours: boolean;
}

const TABLE_ENTRIES = 1024;
/** Steps of depth between lines. */
const CONTOURS = 20;
/** A line is so wide on a photo that fills a screen. */
const LINE_SHARE = 1 / 900;

/** A layer as a picture. Depth and matte are made anew: keep what comes back. */
export function makeLayerPicture(
  layers: WorkLayers,
  layer: ComparedLayer,
  options: LayerPictureOptions,
): LayerPicture {
  switch (layer) {
    case 'depth':
      return canvasOf(pictureOfDepth(layers, options));
    case 'matte':
      // Black is background, white is subject.
      return greyCanvas(layers.matte);
    case 'subject':
    case 'plate':
      return layers[layer];
  }
}

function pictureOfDepth({ depth }: WorkLayers, options: LayerPictureOptions): ByteRaster {
  const { colourMap, hasContours } = options;
  const longSide = Math.max(depth.width, depth.height);
  return colourDepth(depth, colourTable(colourMap, TABLE_ENTRIES), {
    contours: hasContours ? CONTOURS : 0,
    lineWidthPx: Math.max(1, longSide * LINE_SHARE),
  });
}
