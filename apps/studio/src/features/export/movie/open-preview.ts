import type { Size } from '@diorama/core';
import type { MovieMaker } from '../../../engine/export/movie/movie-maker.ts';
import { type MovieOrder, shareOf } from '../../../engine/export/movie/movie-order.ts';
import { hasMotion, orderOf } from '../../../engine/export/movie/movie-settings.ts';
import type { Studio } from '../../../engine/studio.ts';
import { StageRenderer } from '../../../stage/stage-renderer.ts';
import { stagePose } from '../../../stage/stage-settings.ts';
import { StageSource } from '../../../stage/stage-source.ts';
import { groundOf } from '../../stage/ground-of.ts';

/** Sharper than this a preview need not be. */
const MOST_PIXEL_RATIO = 1.5;

export interface PreviewHandle {
  /** Plays, or stands at its first picture. */
  play(isPlaying: boolean): void;
  dispose(): void;
}

/**
 * Shows in an element what the movie will be: its own pictures at its own rate, in its own shape.
 * @throws DioramaError `PROVIDER_UNAVAILABLE` where there is no WebGL
 */
export function openPreview(
  element: HTMLElement,
  studio: Studio,
  maker: MovieMaker,
): PreviewHandle {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', 'The movie');
  const renderer = new StageRenderer(canvas);
  element.append(canvas);
  let isPlaying = false;
  let startedAt: number | undefined;
  let frame = 0;
  let last = -1;

  const order = (): MovieOrder | undefined => {
    const { photo, recipe, stage } = studio.store.get();
    const ground = [0, 0, 0] as const;
    return (
      photo && orderOf(maker.store.get().settings, { photo: photo.size, recipe, stage, ground })
    );
  };
  const draw = (now: number) => {
    frame = 0;
    const { job } = maker.store.get();
    const wanted = order();
    if (!wanted) return;
    // The processor is the movie's while one is being made.
    const isMoving = isPlaying && !job && hasMotion(wanted);
    startedAt ??= now;
    const index = isMoving ? Math.floor(((now - startedAt) / 1000) * wanted.framesPerSecond) : 0;
    if (index !== last) {
      last = index;
      renderer.setLook(wanted.stage.look);
      renderer.render(stagePose(wanted.stage, shareOf(index, wanted)));
    }
    if (isMoving) wake();
    else startedAt = undefined;
  };
  const wake = () => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  const redraw = () => {
    last = -1;
    wake();
  };
  const lay = () => {
    const wanted = order();
    if (!wanted) return;
    const size = fitted(wanted.size, { width: element.clientWidth, height: element.clientHeight });
    canvas.style.width = `${size.width}px`;
    canvas.style.height = `${size.height}px`;
    renderer.setSize(size.width, size.height, Math.min(MOST_PIXEL_RATIO, devicePixelRatio));
    renderer.setGround(groundOf(element));
    redraw();
  };
  const source = new StageSource(studio, {
    onLayers: (layers, size) => {
      renderer.setLayers(layers, size);
      redraw();
    },
    share: () => {
      const wanted = order();
      return wanted && last > 0 ? shareOf(last, wanted) : 0;
    },
  });
  const unsubscribes = [studio.store.subscribe(lay), maker.store.subscribe(lay)];
  const room = new ResizeObserver(lay);
  room.observe(element);
  canvas.addEventListener('webglcontextrestored', redraw);
  lay();
  return {
    play: (next) => {
      isPlaying = next;
      redraw();
    },
    dispose: () => {
      cancelAnimationFrame(frame);
      room.disconnect();
      for (const unsubscribe of unsubscribes) unsubscribe();
      source.dispose();
      renderer.dispose();
      canvas.remove();
    },
  };
}

/** As large as it fits, and no larger than the movie. */
function fitted(movie: Size, room: Size): Size {
  const scale = Math.min(1, room.width / movie.width, room.height / movie.height);
  return {
    width: Math.max(1, Math.round(movie.width * scale)),
    height: Math.max(1, Math.round(movie.height * scale)),
  };
}
