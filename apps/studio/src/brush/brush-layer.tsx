import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { focusViewAround, type Part, PhotoCanvas, useCameraView } from '../viewport/index.ts';
import type { Brush } from './brush.ts';
import { pressBrushKey, releaseBrushKey } from './brush-keys.ts';
import style from './brush-layer.module.css';
import { BrushRing } from './brush-ring.tsx';
import { drawStroke } from './draw-stroke.ts';

/** What a stroke will do, which decides its colour: bring something in, take it away, or work it out anew. */
export type StrokeLook = 'add' | 'remove' | 'other';

interface BrushLayerProps {
  readonly brush: Brush;
  /** What is painted, such as `Brush on the cut-out`. */
  readonly label: string;
  /** Of strokes that are not inverted, and of those that are. */
  readonly looks: { readonly plain: StrokeLook; readonly inverted: StrokeLook };
}

/** The brush over the photo of a `PhotoViewport`: its ring, its strokes until they are done, and its keys. */
export function BrushLayer({ brush, label, looks }: BrushLayerProps) {
  const layer = useRef<HTMLDivElement>(null);
  const { view } = useCameraView();
  const version = useSyncExternalStore(brush.subscribe, brush.getVersion);
  useAltKey(brush);
  const { plain, inverted } = looks;
  const paint = useCallback(
    (context: CanvasRenderingContext2D, part: Part) => {
      if (version < 0 || !layer.current) return;
      const { width, height } = context.canvas;
      const whole = { width: width / part.width, height: height / part.height };
      const colours = getComputedStyle(layer.current);
      context.save();
      context.translate(-part.left * whole.width, -part.top * whole.height);
      for (const stroke of brush.shown) {
        const look = stroke.isInverted ? inverted : plain;
        context.strokeStyle = colours.getPropertyValue(`--stroke-${look}`);
        context.globalAlpha = 0.55;
        drawStroke(context, stroke, whole);
      }
      context.restore();
    },
    [brush, version, plain, inverted],
  );
  return (
    // biome-ignore-start lint/a11y/noNoninteractiveTabindex: it is painted on by keys, as in an application
    <div
      ref={layer}
      className={style['layer']}
      role="application"
      aria-label={label}
      aria-roledescription="brush"
      aria-description="Arrow keys move the brush, Shift makes them go farther. Space paints. Brackets change the size."
      tabIndex={0}
      onMouseDown={focusViewAround}
      onFocus={(event) => {
        if (event.currentTarget.matches(':focus-visible')) brush.setHand('keys');
      }}
      onBlur={() => {
        brush.end();
        if (brush.hand === 'keys') brush.hide();
      }}
      onKeyDown={(event) => {
        if (!pressBrushKey(brush, event)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onKeyUp={(event) => {
        if (releaseBrushKey(brush, event)) event.preventDefault();
      }}
    >
      <div aria-hidden="true">
        <PhotoCanvas label="" paint={paint} />
        <BrushRing brush={brush} size={view.photo} />
      </div>
    </div>
    // biome-ignore-end lint/a11y/noNoninteractiveTabindex: until here
  );
}

/** Knows whether Alt is held, which turns the brush around. */
function useAltKey(brush: Brush): void {
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const follow = (event: KeyboardEvent) => {
      if (event.key !== 'Alt') return;
      // Alt alone opens the menu of some browsers, which would take the focus.
      if (brush.hand !== 'nobody') event.preventDefault();
      brush.setInverted(event.type === 'keydown');
    };
    window.addEventListener('keydown', follow, { signal });
    window.addEventListener('keyup', follow, { signal });
    window.addEventListener('blur', () => brush.setInverted(false), { signal });
    return () => stop.abort();
  }, [brush]);
}
