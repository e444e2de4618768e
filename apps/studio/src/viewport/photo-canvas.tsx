import { useLayoutEffect, useRef } from 'react';
import type { Part, View } from './view-geometry.ts';
import { partInSight } from './view-geometry.ts';
import { useCameraView } from './viewport-context.ts';

interface PhotoCanvasProps {
  /** What it shows, for who cannot see it. */
  readonly label: string;
  readonly className?: string | undefined;
  /**
   * Paints the part of the photo that is in sight over the whole of the canvas, which is empty and has the screen's own
   * pixels. Another function paints anew: keep the same where nothing changed.
   */
  readonly paint: (context: CanvasRenderingContext2D, part: Part) => void;
}

/** A canvas in a viewport, as large as what is in sight of the photo and no larger. */
export function PhotoCanvas({ label, className, paint }: PhotoCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { view } = useCameraView();
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const { canvas: to } = context;
    const { pixels, part } = placeCanvas(view);
    if (to.width === pixels.width && to.height === pixels.height) {
      emptyCanvas(context);
    } else {
      to.width = pixels.width;
      to.height = pixels.height;
    }
    to.style.left = `${pixels.left / view.pixelRatio}px`;
    to.style.top = `${pixels.top / view.pixelRatio}px`;
    to.style.width = `${pixels.width / view.pixelRatio}px`;
    to.style.height = `${pixels.height / view.pixelRatio}px`;
    if (pixels.width > 0 && pixels.height > 0) paint(context, part);
  }, [view, paint]);
  return (
    <canvas
      ref={canvas}
      className={className}
      role="img"
      aria-label={label}
      style={{ position: 'absolute' }}
    />
  );
}

/**
 * Chromium drops a `clearRect`, and a reset as well, that nothing is drawn after: what was there before comes back with
 * the next one. Transparent pixels that are drawn stay.
 */
function emptyCanvas(context: CanvasRenderingContext2D): void {
  const { width, height } = context.canvas;
  context.save();
  context.globalCompositeOperation = 'copy';
  context.fillStyle = 'transparent';
  context.fillRect(0, 0, width, height);
  context.restore();
}

/** What of the photo's box is in sight, widened to whole device pixels within it. */
function placeCanvas(view: View) {
  const { photo, scale, pixelRatio } = view;
  const whole = {
    width: Math.max(1, Math.round(photo.width * scale * pixelRatio)),
    height: Math.max(1, Math.round(photo.height * scale * pixelRatio)),
  };
  const sight = partInSight(view);
  const across = widened(sight.left, sight.width, whole.width);
  const down = widened(sight.top, sight.height, whole.height);
  return {
    pixels: { left: across.from, top: down.from, width: across.length, height: down.length },
    part: {
      left: across.from / whole.width,
      top: down.from / whole.height,
      width: across.length / whole.width,
      height: down.length / whole.height,
    },
  };
}

function widened(share: number, length: number, pixels: number) {
  const from = Math.floor(share * pixels);
  return { from, length: length > 0 ? Math.ceil((share + length) * pixels) - from : 0 };
}
