import type { Point } from '@diorama/contract';
import type { ViewCamera } from './view-camera.ts';
import { type Place, pointAt, type View } from './view-geometry.ts';
import { WheelReader } from './wheel-kind.ts';

/** What a brush, or any other tool that is drawn with, is told. */
export interface ToolEvent {
  /** `cancel`: a second finger came down or the browser took over; what was begun is to be forgotten. */
  readonly phase: 'start' | 'move' | 'end' | 'cancel';
  /** Shares of the photo's sides, 0..1; outside of it below 0 or above 1. */
  readonly point: Point;
  /** 0..1: of a pen; 0.5 of what does not tell. */
  readonly pressure: number;
  readonly event: PointerEvent;
}

export interface GestureHandlers {
  /** Draws with one pointer; without it, one pointer moves the photo. */
  readonly onTool?: ((event: ToolEvent) => void) | undefined;
  /** A press that moved nothing, where no tool draws. */
  readonly onTap?: ((point: Point, event: PointerEvent) => void) | undefined;
  /** Where a pointer is that does nothing; nothing when it left. */
  readonly onHover?: ((point: Point | undefined, event: PointerEvent) => void) | undefined;
}

interface Span {
  readonly middle: Place;
  readonly apart: number;
}

type Drag = 'none' | 'tool' | 'pan' | 'pinch';

/** A finger that stays within this has pressed and not dragged. */
const TAP_PX = 6;
const DOUBLE_TAP_MS = 320;
const DOUBLE_TAP_PX = 28;
/** One notch of a wheel. */
const NOTCH_FACTOR = 1.2;
/** Of trackpads, and of wheels with the control key, whose turns are much longer. */
const PINCH_FACTOR_PER_PX = 0.01;
const MAX_PINCH_PX = 25;
const PX_PER_LINE = 16;

/** Pointers and wheel over one view, told as what they mean. It listens to the wheel itself until `dispose`. */
export class ViewGestures {
  readonly #element: HTMLElement;
  readonly #camera: ViewCamera;
  readonly #pointers = new Map<number, Place>();
  readonly #wheel = new WheelReader();
  /** Those of now: a component sets them whenever it is shown. */
  handlers: GestureHandlers = {};
  /** While it is held, one pointer moves the photo even where a tool draws. */
  isSpaceHeld = false;
  #drag: Drag = 'none';
  #pointerType = 'mouse';
  #pressed: Place | undefined;
  #held: (Span & { readonly view: View }) | undefined;
  #lastTap: (Place & { readonly timeMs: number }) | undefined;

  constructor(element: HTMLElement, camera: ViewCamera) {
    this.#element = element;
    this.#camera = camera;
    // React's own listener could not keep the page from scrolling.
    element.addEventListener('wheel', this.#onWheel, { passive: false });
  }

  get isPanning(): boolean {
    return this.#drag === 'pan' || this.#drag === 'pinch';
  }

  dispose(): void {
    this.#element.removeEventListener('wheel', this.#onWheel);
    this.#pointers.clear();
  }

  down(event: PointerEvent): void {
    const isFirst = this.#pointers.size === 0;
    if (event.button > 1 || (!isFirst && event.pointerType === 'mouse')) return;
    const place = this.#placeOf(event);
    this.#pointerType = event.pointerType;
    this.#pointers.set(event.pointerId, place);
    this.#element.setPointerCapture(event.pointerId);
    if (!isFirst) {
      if (this.#drag === 'tool') this.#tell('cancel', event);
      this.#pressed = undefined;
      this.#drag = 'pinch';
      this.#grip();
      return;
    }
    this.#pressed = place;
    const isPan = event.button === 1 || this.isSpaceHeld || !this.handlers.onTool;
    this.#drag = isPan ? 'pan' : 'tool';
    if (event.button === 1 || this.isSpaceHeld) this.#pressed = undefined;
    if (!isPan) this.#tell('start', event);
  }

  move(event: PointerEvent): void {
    const place = this.#placeOf(event);
    const before = this.#pointers.get(event.pointerId);
    if (!before) {
      this.handlers.onHover?.(pointAt(this.#camera.store.get(), place), event);
      return;
    }
    if (this.#drag === 'tool') {
      for (const each of steps(event)) this.#tell('move', each);
    } else if (this.#drag === 'pan') {
      if (this.#pressed && distance(this.#pressed, place) < TAP_PX) return;
      // The few pixels that told a drag from a press are made up for at once.
      const from = this.#pressed ?? before;
      this.#pressed = undefined;
      this.#camera.panBy(place.x - from.x, place.y - from.y);
    }
    this.#pointers.set(event.pointerId, place);
    if (this.#drag === 'pinch') this.#pinch();
  }

  up(event: PointerEvent): void {
    if (!this.#pointers.delete(event.pointerId)) return;
    if (this.#drag === 'tool') this.#tell('end', event);
    else if (this.#pressed) this.#tap(event);
    this.#release();
  }

  cancel(event: PointerEvent): void {
    if (!this.#pointers.delete(event.pointerId)) return;
    if (this.#drag === 'tool') this.#tell('cancel', event);
    this.#pressed = undefined;
    this.#release();
  }

  leave(event: PointerEvent): void {
    if (this.#pointers.size === 0) this.handlers.onHover?.(undefined, event);
  }

  /** A double click of a mouse; those of fingers and pens are counted by `#tap`. */
  doubleClick(event: MouseEvent): void {
    if (this.handlers.onTool || this.#pointerType !== 'mouse') return;
    this.#camera.toggleFit(this.#placeOf(event));
  }

  /** A finger that stays after two moves the photo on. */
  #release(): void {
    if (this.#pointers.size === 0) this.#drag = 'none';
    else if (this.#pointers.size === 1) this.#drag = 'pan';
    else this.#grip();
  }

  #tap(event: PointerEvent): void {
    const place = this.#placeOf(event);
    const { onTap } = this.handlers;
    const last = this.#lastTap;
    this.#lastTap = undefined;
    if (event.pointerType !== 'mouse') {
      const isSecond = last !== undefined && event.timeStamp - last.timeMs < DOUBLE_TAP_MS;
      if (isSecond && distance(last, place) < DOUBLE_TAP_PX) {
        this.#camera.toggleFit(place);
        return;
      }
      this.#lastTap = { ...place, timeMs: event.timeStamp };
    }
    onTap?.(pointAt(this.#camera.store.get(), place), event);
  }

  /** From here on two fingers hold the photo as it is now. */
  #grip(): void {
    const span = this.#span();
    this.#held = span && { view: this.#camera.store.get(), ...span };
  }

  #pinch(): void {
    const span = this.#span();
    if (!span || !this.#held) return;
    const { view, middle, apart } = this.#held;
    this.#camera.pinch(view, span.apart / apart, middle, span.middle);
  }

  /** The middle between the first two fingers, and how far they are apart. */
  #span(): Span | undefined {
    const [a, b] = this.#pointers.values();
    if (!a || !b) return undefined;
    const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    return { middle, apart: Math.max(1, distance(a, b)) };
  }

  readonly #onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const px = event.deltaMode === 0 ? 1 : PX_PER_LINE;
    const kind = this.#wheel.read(event, event.timeStamp);
    if (kind === 'scroll') {
      this.#camera.panBy(-event.deltaX * px, -event.deltaY * px);
    } else if (kind === 'pinch') {
      const turn = Math.min(MAX_PINCH_PX, Math.max(-MAX_PINCH_PX, event.deltaY * px));
      this.#camera.zoomBy(Math.exp(-turn * PINCH_FACTOR_PER_PX), this.#placeOf(event));
    } else if (event.deltaY !== 0) {
      const factor = event.deltaY < 0 ? NOTCH_FACTOR : 1 / NOTCH_FACTOR;
      this.#camera.stepBy(factor, this.#placeOf(event));
    }
  };

  #tell(phase: ToolEvent['phase'], event: PointerEvent): void {
    const point = pointAt(this.#camera.store.get(), this.#placeOf(event));
    const pressure = event.pointerType === 'pen' ? event.pressure : 0.5;
    this.handlers.onTool?.({ phase, point, pressure, event });
  }

  #placeOf({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Place {
    const { left, top } = this.#element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }
}

/** All places that a pointer went through since the last event, where the browser tells. */
function steps(event: PointerEvent): readonly PointerEvent[] {
  const all = event.getCoalescedEvents?.() ?? [];
  return all.length > 0 ? all : [event];
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
