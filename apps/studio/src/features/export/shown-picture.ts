import type { WorkLayers } from '../../engine/state.ts';
import { greyCanvas } from '../../viewport/index.ts';

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
