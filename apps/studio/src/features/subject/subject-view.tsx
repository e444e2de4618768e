import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useStudio, useStudioState } from '../../app/studio-context.ts';
import { BrushLayer, useBrush } from '../../brush/index.ts';
import type { OpenPhoto, WorkLayers } from '../../engine/state.ts';
import { drawPart, type Part, PhotoCanvas, PhotoViewport } from '../../viewport/index.ts';
import { addStroke, invertTool, STROKE_LABELS, strokeTool } from './matte-changes.ts';
import { paintGround } from './paint-ground.ts';
import { paintOutline } from './paint-outline.ts';
import style from './subject.module.css';
import { groundOf, useSubject } from './subject-store.ts';
import { useHasNothing } from './use-has-nothing.ts';
import { useSilhouette } from './use-silhouette.ts';
import { useToolKeys } from './use-tool-keys.ts';

/** The cut-out, to be painted on. */
export function SubjectView() {
  const layers = useStudioState((state) => state.layers);
  const photo = useStudioState((state) => state.photo);
  return layers && photo && <CutOutView layers={layers} photo={photo} />;
}

function CutOutView({ layers, photo }: { readonly layers: WorkLayers; readonly photo: OpenPhoto }) {
  const studio = useStudio();
  const [settings, set] = useSubject();
  const { tool, radius, hardness } = settings;
  const painting = strokeTool(tool);
  const isReady = useStudioState(({ phase }) => phase === 'ready');
  useToolKeys();
  const brush = useBrush({
    size: photo.size,
    shape: { radius, hardness },
    onStroke: (stroke, isInverted) => {
      if (!painting) return;
      const does = isInverted ? invertTool(painting) : painting;
      studio.changeRecipe((recipe) => addStroke(recipe, does, stroke), {
        label: STROKE_LABELS[does],
      });
    },
    onRadius: (next) => set({ radius: next }),
  });
  useShownStrokes(brush);
  const paint = usePaint(layers);
  const ground = groundOf(settings, useHasNothing());
  const isOnChecker =
    ground === 'checker' ||
    (ground === 'picture' && !settings.picture) ||
    ((ground === 'photo' || ground === 'blur') && layers.isTransparent);
  return (
    <PhotoViewport
      label="Cut-out"
      size={photo.size}
      {...(painting && isReady
        ? { onTool: brush.onTool, onHover: brush.onHover, cursor: 'none' }
        : {})}
      status={<StatusLine />}
    >
      <PhotoCanvas
        label="The subject, cut out"
        className={isOnChecker ? 'checkered' : undefined}
        paint={paint}
      />
      {painting && isReady && (
        <BrushLayer
          brush={brush}
          label="Brush on the cut-out"
          looks={{
            plain: painting === 'hair' ? 'other' : painting,
            inverted:
              painting === 'hair' ? 'other' : invertTool(painting) === 'add' ? 'add' : 'remove',
          }}
        />
      )}
    </PhotoViewport>
  );
}

/** Strokes stay on show until the cut-out that has them is there. */
function useShownStrokes(brush: ReturnType<typeof useBrush>): void {
  const cutOut = useStudioState((state) => state.cutOut);
  const layers = useStudioState((state) => state.layers);
  const isRemaking = useStudioState((state) => state.isRemaking);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another picture is shown
  useEffect(() => brush.clearDone(), [brush, cutOut, layers]);
  useEffect(() => {
    // A stroke that changed nothing brings no other picture.
    if (!isRemaking) brush.clearDone();
  }, [brush, isRemaking]);
}

function usePaint(layers: WorkLayers) {
  const [settings] = useSubject();
  const { colour, picture, hasOutline } = settings;
  const hasNothing = useHasNothing();
  const ground = groundOf(settings, hasNothing);
  const cutOut = useStudioState((state) => state.cutOut);
  const subject = cutOut?.subject ?? layers.subject;
  const silhouette = useSilhouette(hasOutline);
  const shape = useRef<HTMLCanvasElement>(undefined);
  const scratch = useRef<HTMLCanvasElement>(undefined);
  const grounds = useMemo(
    () => ({ ground, colour, picture, isDimmed: !hasNothing }),
    [ground, colour, picture, hasNothing],
  );
  return useCallback(
    (context: CanvasRenderingContext2D, part: Part) => {
      paintGround(context, part, layers, grounds);
      drawPart(context, subject, part);
      if (!silhouette) return;
      shape.current ??= document.createElement('canvas');
      scratch.current ??= document.createElement('canvas');
      shape.current.width = context.canvas.width;
      shape.current.height = context.canvas.height;
      const alone = shape.current.getContext('2d');
      if (!alone) return;
      drawPart(alone, silhouette, part);
      const line = getComputedStyle(context.canvas).getPropertyValue('--focus');
      paintOutline(context, shape.current, scratch.current, line);
    },
    [layers, subject, grounds, silhouette],
  );
}

function StatusLine() {
  const isRemaking = useStudioState((state) => state.isRemaking);
  const hasNothing = useHasNothing();
  return (
    <p className={style['status']}>
      {isRemaking ? 'Working…' : hasNothing ? 'No subject found' : ''}
    </p>
  );
}
