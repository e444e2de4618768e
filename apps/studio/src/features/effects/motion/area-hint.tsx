import { useCallback } from 'react';
import { useStudioState } from '../../../app/studio-context.ts';
import { drawPart, type Part, PhotoCanvas } from '../../../viewport/index.ts';
import style from './arrow-layer.module.css';

/** Darkens what is not of the layer that flows. */
export function AreaHint({ layer }: { readonly layer: 'plate' | 'subject' }) {
  const layers = useStudioState((state) => state.layers);
  const paint = useCallback(
    (context: CanvasRenderingContext2D, part: Part) => {
      if (!layers) return;
      const { width, height } = context.canvas;
      drawPart(context, layers.subject, part);
      context.globalCompositeOperation = layer === 'plate' ? 'source-in' : 'source-out';
      context.fillStyle = 'black';
      context.fillRect(0, 0, width, height);
      context.globalCompositeOperation = 'source-over';
    },
    [layers, layer],
  );
  return (
    <div className={style['hint']} aria-hidden="true">
      <PhotoCanvas label="" paint={paint} />
    </div>
  );
}
