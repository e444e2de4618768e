import type { Size } from '@diorama/core';
import { useMemo } from 'react';
import { useStudioState } from '../../app/studio-context.ts';
import type { WorkLayers } from '../../engine/state.ts';
import { useCompare } from './compare-store.ts';
import { type LayerPicture, makeLayerPicture } from './layer-picture.ts';

/** The chosen layer as a picture, made anew when what it shows is another one. */
export function useLayerPicture(layers: WorkLayers): LayerPicture {
  const [layer] = useCompare((settings) => settings.layer);
  const [colourMap] = useCompare((settings) => settings.colourMap);
  const [hasContours] = useCompare((settings) => settings.hasContours);
  // A matte, a subject and a plate look the same in every colour map.
  const isDepth = layer === 'depth';
  const map = isDepth ? colourMap : 'grey';
  const isLined = isDepth && hasContours;
  return useMemo(
    () => makeLayerPicture(layers, layer, { colourMap: map, hasContours: isLined }),
    [layers, layer, map, isLined],
  );
}

/** The size of the whole photo, of which previews are small copies in the same place. */
export function usePhotoSize(layers: WorkLayers): Size {
  return useStudioState(({ photo }) => photo?.size) ?? layers.size;
}

/** A photo that is clearly taller than wide is divided into an upper and a lower part, any other into left and right. */
const TALL = 1.2;

/** Whether the photo is above the layer instead of to its left. */
export function useIsDown(size: Size): boolean {
  const [direction] = useCompare((settings) => settings.direction);
  return direction === 'shape' ? size.height > size.width * TALL : direction === 'down';
}
