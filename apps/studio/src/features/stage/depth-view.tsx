import { colourDepth, colourTable } from '@diorama/core/scene';
import { useCallback, useEffect, useMemo } from 'react';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { BrushLayer, useBrush } from '../../brush/index.ts';
import { drawPart, type Part, PhotoCanvas, PhotoViewport } from '../../viewport/index.ts';
import { strokeOf } from './depth-stroke.ts';
import style from './stage.module.css';

/** The colours of depth here, and in the key beside the brush. */
export const DEPTH_COLOURS = 'turbo';

/** The depth in colours, to be painted on. */
export function DepthView() {
  const studio = useStudio();
  const layers = useStudioState((state) => state.layers);
  const photo = useStudioState((state) => state.photo);
  const isRemaking = useStudioState((state) => state.isRemaking);
  const settings = useStudioState(({ stage }) => stage.brush);
  const size = photo?.size ?? layers?.size ?? { width: 1, height: 1 };
  const brush = useBrush({
    size,
    shape: settings,
    onRadius: (radius) => studio.setStage({ brush: { ...settings, radius } }),
    onStroke: (stroke, isInverted) => {
      const drawn = strokeOf(settings, stroke, isInverted);
      studio.changeRecipe(
        (recipe) => ({
          ...recipe,
          depth: { ...recipe.depth, strokes: [...recipe.depth.strokes, drawn] },
        }),
        { label: 'Depth brush' },
      );
    },
  });
  const picture = useMemo(() => {
    if (!layers) return undefined;
    const { width, height, data } = colourDepth(layers.depth, colourTable(DEPTH_COLOURS));
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(data), width), 0, 0);
    return { canvas, height };
  }, [layers]);
  useEffect(() => {
    // What was drawn is in the depth now.
    if (picture && !isRemaking) brush.clearDone();
  }, [brush, picture, isRemaking]);
  const paint = useCallback(
    (context: CanvasRenderingContext2D, part: Part) => {
      if (picture) drawPart(context, picture.canvas, part);
    },
    [picture],
  );
  const plain =
    settings.tool === 'nearer' ? 'add' : settings.tool === 'farther' ? 'remove' : 'other';
  const inverted = plain === 'add' ? 'remove' : plain === 'remove' ? 'add' : 'other';
  return (
    <div className={style['depth']}>
      <PhotoViewport
        label="Depth"
        size={size}
        cursor="none"
        onTool={brush.onTool}
        onHover={brush.onHover}
      >
        <PhotoCanvas label="Depth in colours, red near and blue far" paint={paint} />
        <BrushLayer brush={brush} label="Brush on the depth" looks={{ plain, inverted }} />
      </PhotoViewport>
    </div>
  );
}
