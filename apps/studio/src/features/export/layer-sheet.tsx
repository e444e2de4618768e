import { useEffect, useRef } from 'react';
import type { WorkLayers } from '../../engine/state.ts';
import { KIND_WORDS } from './export-words.ts';
import style from './layer-sheet.module.css';
import { type PlainLayer, pictureOfLayer } from './shown-picture.ts';

const SHOWN: Readonly<Record<'layers' | 'psd', readonly PlainLayer[]>> = {
  layers: ['subject', 'plate', 'depth', 'plate-depth', 'matte'],
  psd: ['subject', 'plate', 'depth', 'plate-depth', 'matte', 'photo'],
};
/** Of a picture of the sheet, in its own pixels. */
const LONG_SIDE = 720;

interface LayerSheetProps {
  readonly layers: WorkLayers;
  readonly kind: 'layers' | 'psd';
}

/** All layers beside each other, as they will be in the file. */
export function LayerSheet({ layers, kind }: LayerSheetProps) {
  return (
    <ul className={style['sheet']} aria-label="Layers">
      {SHOWN[kind].map((layer) => (
        <li key={layer}>
          <figure>
            <SmallPicture layers={layers} layer={layer} />
            <figcaption>{layer === 'subject' ? 'Subject' : KIND_WORDS[layer].label}</figcaption>
          </figure>
        </li>
      ))}
    </ul>
  );
}

function SmallPicture({
  layers,
  layer,
}: {
  readonly layers: WorkLayers;
  readonly layer: PlainLayer;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = layers.size;
  const factor = Math.min(1, LONG_SIDE / Math.max(width, height));
  const size = {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const { width: across, height: down } = context.canvas;
    context.clearRect(0, 0, across, down);
    context.imageSmoothingQuality = 'high';
    context.drawImage(pictureOfLayer(layers, layer), 0, 0, across, down);
  }, [layers, layer]);
  return (
    <canvas
      ref={canvas}
      className={layer === 'subject' ? 'checkered' : undefined}
      {...size}
      style={{ aspectRatio: `${width} / ${height}` }}
    />
  );
}
