import { useCallback } from 'react';
import type { WorkLayers } from '../../engine/state.ts';
import { type Part, PhotoCanvas, PhotoViewport } from '../../viewport/index.ts';
import { useCompare } from './compare-store.ts';
import { LAYER_WORDS } from './compare-words.ts';
import { Divider } from './divider.tsx';
import { LayerTags } from './layer-tags.tsx';
import { paintComparison } from './paint-comparison.ts';
import { Probe } from './probe.tsx';
import { Readout } from './readout.tsx';
import { useIsDown, useLayerPicture, usePhotoSize } from './use-comparison.ts';
import { useReadingGestures } from './use-reading.ts';

interface OneViewProps {
  readonly layers: WorkLayers;
  /** Whether the photo is shown beside the layer, up to the divider. */
  readonly isDivided: boolean;
}

/** Photo and layer in one picture, or the layer alone. */
export function OneView({ layers, isDivided }: OneViewProps) {
  const size = usePhotoSize(layers);
  const isDown = useIsDown(size);
  const picture = useLayerPicture(layers);
  const [layer] = useCompare((settings) => settings.layer);
  const [chosen] = useCompare((settings) => settings.divider);
  const divider = isDivided ? chosen : 0;
  const { photo } = layers;
  const paint = useCallback(
    (context: CanvasRenderingContext2D, part: Part) =>
      paintComparison(context, part, { photo, layer: picture, divider, isDown }),
    [photo, picture, divider, isDown],
  );
  const isCheckered = layer === 'subject' || (isDivided && layers.isTransparent);
  const { label } = LAYER_WORDS[layer];
  const name = isDivided ? `Photo and ${label.toLowerCase()}` : label;
  return (
    <PhotoViewport label={name} size={size} status={<Readout />} {...useReadingGestures()}>
      <PhotoCanvas label={name} className={isCheckered ? 'checkered' : undefined} paint={paint} />
      {isDivided && <LayerTags label={label} divider={divider} isDown={isDown} />}
      {isDivided && <Divider isDown={isDown} />}
      <Probe />
    </PhotoViewport>
  );
}
