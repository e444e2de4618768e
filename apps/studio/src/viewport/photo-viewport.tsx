import type { Size } from '@diorama/core';
import { type CSSProperties, type ReactNode, useMemo, useRef } from 'react';
import style from './photo-viewport.module.css';
import { useGestures } from './use-gestures.ts';
import { useViewCamera } from './use-view-camera.ts';
import { useViewSize } from './use-view-size.ts';
import { ViewBar } from './view-bar.tsx';
import type { ViewCamera } from './view-camera.ts';
import { MARGIN_PX, pointAt, type View } from './view-geometry.ts';
import type { GestureHandlers } from './view-gestures.ts';
import { slideByKey } from './view-keys.ts';
import { CameraContext, useView, ViewportContext } from './viewport-context.ts';

interface PhotoViewportProps extends GestureHandlers {
  /** What it shows, for who cannot see it, such as `Photo and depth`. */
  readonly label: string;
  /** Of the photo: its own full size, so that a preview and what follows it lie in the same place. */
  readonly size: Size;
  /** Over the photo; `grab` if absent, where there is something to be moved. */
  readonly cursor?: string | undefined;
  /** A camera that other viewports share; one of its own if absent. */
  readonly camera?: ViewCamera | undefined;
  /** Beside the zoom, under the photo. `null` leaves the whole bar out. */
  readonly status?: ReactNode;
  readonly children: ReactNode;
}

/** From this many device pixels per pixel of the photo on, its pixels are shown as squares. */
const SQUARES_FROM = 4;

/**
 * A photo that can be zoomed and moved, with a bar under it; it fills its parent. Children lie in the photo's box
 * (`position: absolute; inset: 0`) and ask `useViewport()` for the scale and for places in the photo. What is drawn at
 * the screen's own pixels, and only where it is in sight, is a `PhotoCanvas`.
 *
 *     <PhotoViewport label="Cut-out" size={photo.size} onTool={draw} cursor="crosshair">
 *       <PhotoCanvas label="Cut-out" paint={(context, part) => drawPart(context, layers.subject, part)} />
 *       <BrushCursor />
 *     </PhotoViewport>
 */
export function PhotoViewport(props: PhotoViewportProps) {
  const { label, size, cursor, status, children, onTool, onTap, onHover } = props;
  const own = useViewCamera(size);
  const camera = props.camera ?? own;
  const element = useRef<HTMLDivElement>(null);
  useViewSize(element, camera);
  const gestures = useGestures(element, camera, { onTool, onTap, onHover });
  const view = useView(camera);
  const { scale } = view;
  const viewport = useMemo(
    () => ({
      scale,
      toPoint: ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }) => {
        const { left = 0, top = 0 } = element.current?.getBoundingClientRect() ?? {};
        return pointAt(camera.store.get(), { x: clientX - left, y: clientY - top });
      },
    }),
    [camera, scale],
  );
  return (
    <CameraContext value={camera}>
      <ViewportContext value={viewport}>
        <div className={style['viewport']}>
          {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: its keys move the photo, as an application's do */}
          <div
            ref={element}
            className={style['view']}
            role="application"
            aria-label={label}
            aria-roledescription="picture that can be zoomed"
            aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown"
            tabIndex={0}
            style={{ cursor: gestures.cursor ?? cursor ?? (isMovable(view) ? 'grab' : undefined) }}
            {...gestures.listeners}
            onKeyDown={(event) => {
              if (event.target !== event.currentTarget || !slideByKey(camera, event)) return;
              event.preventDefault();
              event.stopPropagation();
            }}
          >
            <div className={style['box']} style={boxStyle(view)}>
              {children}
            </div>
          </div>
          {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: until here */}
          {status !== null && <ViewBar camera={camera}>{status}</ViewBar>}
        </div>
      </ViewportContext>
    </CameraContext>
  );
}

function isMovable({ view, photo, scale }: View): boolean {
  const isWide = photo.width * scale > view.width - 2 * MARGIN_PX + 1;
  return isWide || photo.height * scale > view.height - 2 * MARGIN_PX + 1;
}

/** The photo's box on whole device pixels: what lies in it is not smeared over two. */
function boxStyle({ x, y, view, photo, scale, pixelRatio }: View): CSSProperties {
  const snap = (length: number) => Math.round(length * pixelRatio) / pixelRatio;
  const left = snap(x);
  const top = snap(y);
  return {
    left,
    top,
    width: snap(x + photo.width * scale) - left,
    height: snap(y + photo.height * scale) - top,
    // Until it is measured there is no place to be in: nothing may be seen to jump.
    visibility: view.width > 1 ? undefined : 'hidden',
    imageRendering: scale * pixelRatio >= SQUARES_FROM ? 'pixelated' : 'auto',
  };
}
