import { useCallback } from 'react';
import type { WorkLayers } from '../../engine/state.ts';
import {
  drawPart,
  type Part,
  PhotoCanvas,
  PhotoViewport,
  useViewCamera,
  ViewBar,
} from '../../viewport/index.ts';
import style from './beside-view.module.css';
import { useCompare } from './compare-store.ts';
import { LAYER_WORDS } from './compare-words.ts';
import type { LayerPicture } from './layer-picture.ts';
import { LayerTag } from './layer-tags.tsx';
import { Probe } from './probe.tsx';
import { Readout } from './readout.tsx';
import { useIsDown, useLayerPicture, usePhotoSize } from './use-comparison.ts';
import { useReadingGestures } from './use-reading.ts';

/** Photo and layer in two views that move as one. */
export function BesideView({ layers }: { readonly layers: WorkLayers }) {
  const size = usePhotoSize(layers);
  // What is taller than wide stands side by side here, so that both are as large as they can be.
  const isDown = !useIsDown(size);
  const camera = useViewCamera(size);
  const picture = useLayerPicture(layers);
  const [layer] = useCompare((settings) => settings.layer);
  const gestures = { photo: useReadingGestures('photo'), layer: useReadingGestures('layer') };
  const sides = [
    { name: 'photo', label: 'Photo', picture: layers.photo, isCheckered: layers.isTransparent },
    {
      name: 'layer',
      label: LAYER_WORDS[layer].label,
      picture,
      isCheckered: layer === 'subject',
    },
  ] as const;
  return (
    <div className={style['beside']}>
      <div className={isDown ? style['down'] : style['across']}>
        {sides.map(({ name, ...side }) => (
          <div key={name} className={style['side']}>
            <PhotoViewport
              label={side.label}
              size={size}
              camera={camera}
              status={null}
              {...gestures[name]}
            >
              <Picture {...side} />
              <LayerTag label={side.label} place="start" />
              <Probe of={name} />
            </PhotoViewport>
          </div>
        ))}
      </div>
      <ViewBar camera={camera}>
        <Readout />
      </ViewBar>
    </div>
  );
}

interface PictureProps {
  readonly label: string;
  readonly picture: LayerPicture;
  readonly isCheckered: boolean;
}

function Picture({ label, picture, isCheckered }: PictureProps) {
  const paint = useCallback(
    (context: CanvasRenderingContext2D, part: Part) => drawPart(context, picture, part),
    [picture],
  );
  return (
    <PhotoCanvas label={label} className={isCheckered ? 'checkered' : undefined} paint={paint} />
  );
}
