import type { Size } from '@diorama/core';
import { createStore, type Store } from '../engine/store.ts';
import {
  actualScale,
  fitView,
  middleOf,
  type Place,
  panView,
  pinchView,
  replacePhoto,
  resizeView,
  type View,
  viewBetween,
  zoomView,
} from './view-geometry.ts';

const MOVE_MS = 160;

/** What a camera takes the time from; a page's own frames unless a test says otherwise. */
export interface FrameClock {
  /** Calls back at the next frame, with the time in milliseconds; gives what `cancel` takes. */
  readonly request: (callback: (nowMs: number) => void) => number;
  readonly cancel: (id: number) => void;
  /** Whether the person wants nothing to move by itself. */
  readonly isStill: () => boolean;
}

const PAGE_CLOCK: FrameClock = {
  request: (callback) => requestAnimationFrame(callback),
  cancel: (id) => cancelAnimationFrame(id),
  isStill: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
};

/** How one or more viewports show a photo: where it is and how large. Follow `store`. */
export class ViewCamera {
  readonly store: Store<View>;
  readonly #clock: FrameClock;
  /** Where it goes; it is on its way there while `#frame` is set. */
  #target: View;
  #frame: number | undefined;

  constructor(photo: Size, clock: FrameClock = PAGE_CLOCK) {
    const nothing = { width: 0, height: 0 };
    this.#target = fitView({
      view: nothing,
      photo,
      pixelRatio: 1,
      scale: 1,
      x: 0,
      y: 0,
      isFitted: true,
    });
    this.store = createStore(this.#target);
    this.#clock = clock;
  }

  setViewSize(size: Size, pixelRatio: number): void {
    const { view, pixelRatio: before } = this.#target;
    if (view.width === size.width && view.height === size.height && before === pixelRatio) return;
    this.#jump(resizeView(this.#target, size, pixelRatio));
  }

  setPhotoSize(photo: Size): void {
    const { width, height } = this.#target.photo;
    if (width === photo.width && height === photo.height) return;
    this.#jump(replacePhoto(this.#target, photo));
  }

  /** At once, as fingers do it. */
  zoomBy(factor: number, about: Place): void {
    this.#jump(zoomView(this.store.get(), this.store.get().scale * factor, about));
  }

  /** Two fingers, since they took hold of the photo as `start` shows it. */
  pinch(start: View, factor: number, from: Place, to: Place): void {
    this.#jump(pinchView(start, factor, from, to));
  }

  panBy(dx: number, dy: number): void {
    this.#jump(panView(this.store.get(), dx, dy));
  }

  /** One step nearer or farther, smoothly; steps in a row add up. */
  stepBy(factor: number, about: Place = middleOf(this.#target)): void {
    this.#move(zoomView(this.#target, this.#target.scale * factor, about));
  }

  slideBy(dx: number, dy: number): void {
    this.#move(panView(this.#target, dx, dy));
  }

  fit(): void {
    this.#move(fitView(this.#target));
  }

  /** One pixel of the photo on one of the screen. */
  showActual(about: Place = middleOf(this.#target)): void {
    this.#move(zoomView(this.#target, actualScale(this.#target), about));
  }

  /** From all of the photo to its own size, and from anything else to all of it. */
  toggleFit(about: Place): void {
    if (this.#target.isFitted) this.showActual(about);
    else this.fit();
  }

  /** Stands still from here on. */
  dispose(): void {
    this.#stop();
  }

  #jump(view: View): void {
    this.#stop();
    this.#target = view;
    this.store.set(view);
  }

  #move(target: View): void {
    if (this.#clock.isStill()) {
      this.#jump(target);
      return;
    }
    this.#stop();
    this.#target = target;
    const from = this.store.get();
    let startMs: number | undefined;
    const step = (nowMs: number) => {
      startMs ??= nowMs;
      const share = Math.min(1, (nowMs - startMs) / MOVE_MS);
      this.#frame = share < 1 ? this.#clock.request(step) : undefined;
      this.store.set(viewBetween(from, target, 1 - (1 - share) ** 3));
    };
    this.#frame = this.#clock.request(step);
  }

  #stop(): void {
    if (this.#frame !== undefined) this.#clock.cancel(this.#frame);
    this.#frame = undefined;
  }
}
