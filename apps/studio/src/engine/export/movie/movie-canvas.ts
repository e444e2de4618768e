import { DioramaError } from '@diorama/core';
import type { CameraPose } from '@diorama/core/scene';
import { StageRenderer } from '../../../stage/stage-renderer.ts';
import { stagePose } from '../../../stage/stage-settings.ts';
import type { MovieMoment } from './movie-messages.ts';
import { isVideo, type MovieOrder } from './movie-order.ts';

/** Draws the pictures of a movie, each on the same canvas at the movie's own size. */
export class MovieCanvas {
  readonly canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #order: MovieOrder;
  readonly #stage:
    | { readonly canvas: OffscreenCanvas; readonly renderer: StageRenderer }
    | undefined;
  #picture: ImageBitmap | undefined;

  /** @throws DioramaError `PROVIDER_UNAVAILABLE` where a camera moves and there is no WebGL */
  constructor(order: MovieOrder) {
    const { width, height } = order.size;
    this.#order = order;
    this.canvas = new OffscreenCanvas(width, height);
    const context = this.canvas.getContext('2d', {
      alpha: false,
      willReadFrequently: !isVideo(order.format),
    });
    if (!context) throw new DioramaError('INTERNAL', 'This browser gives no canvas.');
    context.imageSmoothingQuality = 'high';
    this.#context = context;
    if (order.isFlat) return;
    const canvas = new OffscreenCanvas(width, height);
    const renderer = new StageRenderer(canvas);
    renderer.setSize(width, height, 1);
    renderer.setGround(order.ground);
    renderer.setLook(order.stage.look);
    this.#stage = { canvas, renderer };
  }

  /** What the next pictures are drawn from. Takes the moment over. */
  set(moment: MovieMoment): void {
    if (moment.kind === 'picture') {
      this.#picture?.close();
      this.#picture = moment.picture;
      return;
    }
    this.#stage?.renderer.setLayers(moment.layers, moment.size);
    for (const { colour } of moment.layers) colour.close();
  }

  /** Draws a moment of the loop, 0..1. */
  draw(share: number): void {
    const { width, height } = this.canvas;
    if (this.#stage) {
      const pose: CameraPose = stagePose(this.#order.stage, share);
      this.#stage.renderer.render(pose);
      this.#context.drawImage(this.#stage.canvas, 0, 0);
      return;
    }
    const picture = this.#picture;
    if (!picture) return;
    // The picture covers the canvas and keeps its shape.
    const scale = Math.max(width / picture.width, height / picture.height);
    const [w, h] = [picture.width * scale, picture.height * scale];
    this.#context.drawImage(picture, (width - w) / 2, (height - h) / 2, w, h);
  }

  dispose(): void {
    this.#picture?.close();
    this.#stage?.renderer.dispose();
  }
}
