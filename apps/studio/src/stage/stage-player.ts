import type { Size } from '@diorama/core';
import type { CameraPose } from '@diorama/core/scene';
import { FrameGovernor } from './frame-governor.ts';
import type { StageLayers } from './stage-layers.ts';
import { type StageLoop, StageMotion } from './stage-motion.ts';
import { StageRenderer } from './stage-renderer.ts';
import type { StageSettings } from './stage-settings.ts';

/** Finer than this, nobody sees it and every card feels it. */
const MOST_PIXEL_RATIO = 2;
/** No step of time is longer, so that nothing jumps after a pause. */
const LONGEST_STEP_SECONDS = 0.1;
/** Rest after which what stands still is drawn once more at full resolution. */
const REST_MS = 160;

/** A stage that plays on a canvas: draws when something moved and only then. Owns its WebGL context. */
export class StagePlayer {
  readonly motion = new StageMotion();
  readonly #canvas: HTMLCanvasElement;
  readonly #renderer: StageRenderer;
  readonly #governor = new FrameGovernor();
  readonly #stop = new AbortController();
  #size: Size = { width: 1, height: 1 };
  #pixelRatio = 1;
  #frame = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #lastAt: number | undefined;
  #isSharp = false;
  #isLost = false;

  /**
   * `onLost` is told when the browser took the context away, and when it came back.
   * @throws DioramaError `PROVIDER_UNAVAILABLE` where there is no WebGL
   */
  constructor(canvas: HTMLCanvasElement, onLost: (isLost: boolean) => void) {
    this.#canvas = canvas;
    this.#renderer = new StageRenderer(canvas);
    const lost = (isLost: boolean) => () => {
      this.#isLost = isLost;
      onLost(isLost);
      if (!isLost) this.wake();
    };
    const { signal } = this.#stop;
    canvas.addEventListener('webglcontextlost', lost(true), { signal });
    canvas.addEventListener('webglcontextrestored', lost(false), { signal });
  }

  /** In CSS pixels, and how many pixels of the screen each is wide. */
  setSize(size: Size, pixelRatio: number): void {
    this.#size = size;
    this.#pixelRatio = Math.min(MOST_PIXEL_RATIO, pixelRatio);
    this.wake();
  }

  setGround(colour: readonly [number, number, number]): void {
    this.#renderer.setGround(colour);
    this.wake();
  }

  setLayers(layers: StageLayers, photo: Size): void {
    this.#renderer.setLayers(layers, photo);
    this.wake();
  }

  set(settings: StageSettings, loop: StageLoop): void {
    this.motion.set(settings, loop);
    this.#renderer.setLook(settings.look);
    this.wake();
  }

  /** Where a person wants to look from, -1..1. */
  lookFrom(right: number, up: number): void {
    // A sensor goes on telling when nothing changes.
    if (this.motion.lookFrom(right, up)) this.wake();
  }

  /** Draws again from the next picture of the screen on, until all is at rest. */
  wake(): void {
    if (this.#frame !== 0 || this.#isLost || this.#stop.signal.aborted) return;
    clearTimeout(this.#rest);
    this.#frame = requestAnimationFrame(this.#step);
  }

  dispose(): void {
    this.#stop.abort();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
    this.#renderer.dispose();
  }

  readonly #step = (now: number): void => {
    this.#frame = 0;
    if (this.#isLost) return;
    const interval = this.#lastAt === undefined ? 0 : now - this.#lastAt;
    this.#lastAt = now;
    if (interval > 0) this.#governor.note(interval);
    const isMoving = this.motion.advance(Math.min(LONGEST_STEP_SECONDS, interval / 1000));
    this.#draw(this.motion.pose, this.#governor.scale);
    if (isMoving) {
      this.#frame = requestAnimationFrame(this.#step);
      return;
    }
    this.#lastAt = undefined;
    if (!this.#isSharp) this.#rest = setTimeout(() => this.#drawSharp(), REST_MS);
  };

  /** What stands still is worth all its pixels. */
  #drawSharp(): void {
    if (!this.#isLost) this.#draw(this.motion.pose, 1);
  }

  #draw(pose: CameraPose, scale: number): void {
    const { width, height } = this.#size;
    this.#isSharp = scale === 1;
    this.#renderer.setSize(width, height, this.#pixelRatio * scale);
    this.#renderer.render(pose, this.motion.stillness);
    // For whoever looks from outside: where the loop is.
    this.#canvas.dataset['share'] = this.motion.share.toFixed(3);
  }
}
