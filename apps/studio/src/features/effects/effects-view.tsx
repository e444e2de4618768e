import { useCallback } from 'react';
import { useStudioState } from '../../app/studio-context.ts';
import { drawPart, type Part, PhotoCanvas, PhotoViewport } from '../../viewport/index.ts';
import { useToolState } from './use-effects-tool.ts';
import { useShownFrame } from './use-shown-frame.ts';
import { useViewTool } from './use-view-tool.tsx';
import { ViewStatus } from './view-status.tsx';

/** The photo with its effects, and what the chosen effect lays over it. */
export function EffectsView() {
  const layers = useStudioState((state) => state.layers);
  const size = useStudioState(({ photo }) => photo?.size) ?? layers?.size ?? NO_SIZE;
  const isBefore = useToolState((state) => state.isBefore);
  const frame = useShownFrame();
  const { overlay, cursor, ...handlers } = useViewTool(size, isBefore);
  const shown = isBefore ? layers?.photo : (frame ?? layers?.photo);
  const paint = useCallback(
    (context: CanvasRenderingContext2D, part: Part) => {
      if (shown) drawPart(context, shown, part);
    },
    [shown],
  );
  return (
    <PhotoViewport
      label="Photo with effects"
      size={size}
      cursor={cursor}
      status={<ViewStatus />}
      {...handlers}
    >
      <PhotoCanvas
        label={isBefore ? 'Photo before' : 'Photo with effects'}
        className={layers?.isTransparent ? 'checkered' : undefined}
        paint={paint}
      />
      {overlay}
    </PhotoViewport>
  );
}

const NO_SIZE = { width: 1, height: 1 } as const;
