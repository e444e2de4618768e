import type { Point } from '@diorama/contract';
import type { Size } from '@diorama/core';
import type { ToolEvent } from '../viewport/index.ts';
import {
  type BrushShape,
  type BrushStroke,
  type LiveStroke,
  roundPoint,
  stepRadius,
} from './brush-stroke.ts';
import { thinPoints } from './thin-points.ts';

/** How far the line of a stroke may move when its points are thinned, as a share of the radius. */
const THIN_SHARE = 0.04;
/** And never less than this share of the longer side, which is half a pixel of a large screen. */
const LEAST_THIN = 0.0002;
/** A step of the arrow keys, as a share of the radius; with Shift four times as far. */
const KEY_STEP = 0.5;
const FAR_KEY_STEPS = 4;

export interface BrushOptions {
  /** Of the photo: its shape is what counts. */
  readonly size: Size;
  readonly shape: BrushShape;
  /** A stroke is done; it stays on show until `clearDone`. `isInverted`: Alt was held when it began. */
  readonly onStroke: (stroke: BrushStroke, isInverted: boolean) => void;
  /** The person asks for another radius by its keys. */
  readonly onRadius: (radius: number) => void;
}

/** Who moves the brush: it is shown for a mouse that is over the photo, and for keys that have the focus there. */
export type BrushHand = 'nobody' | 'pointer' | 'keys';

interface Drawing {
  readonly points: Point[];
  readonly isInverted: boolean;
}

/** A brush in a hand: from moves of a pointer or keys to strokes. It has no page; a `BrushLayer` shows it. */
export class Brush {
  /** The newest ones; set anew by whoever draws the component around it. */
  options: BrushOptions;
  /** Where it is, in shares of the photo; may be outside. */
  position: Point = [0.5, 0.5];
  hand: BrushHand = 'nobody';
  /** Whether Alt is held: the next stroke does the opposite. */
  isInverted = false;
  #drawing: Drawing | undefined;
  #done: readonly LiveStroke[] = [];
  #version = 0;
  readonly #listeners = new Set<() => void>();

  constructor(options: BrushOptions) {
    this.options = options;
  }

  /** What is to be shown over the photo: strokes that are done but not yet part of it, and the one being drawn. */
  get shown(): readonly LiveStroke[] {
    if (!this.#drawing) return this.#done;
    return [...this.#done, { ...this.options.shape, ...this.#drawing }];
  }

  get isDrawing(): boolean {
    return this.#drawing !== undefined;
  }

  /** Another number whenever something of it is to be drawn anew. */
  readonly getVersion = (): number => this.#version;

  /** Calls back after each change, until what it returns is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Takes what a viewport tells of a pointer that draws: its `onTool`. */
  readonly onTool = ({ phase, point, event }: ToolEvent): void => {
    this.hand = 'pointer';
    if (phase === 'start') this.begin(point, event.altKey);
    else if (phase === 'move') this.moveTo(point);
    else if (phase === 'end') this.end();
    else this.cancel();
    // A finger that left is nowhere.
    if (event.pointerType !== 'mouse' && (phase === 'end' || phase === 'cancel')) this.hide();
  };

  /** Takes where a pointer is that does nothing: a viewport's `onHover`. */
  readonly onHover = (point: Point | undefined): void => {
    if (!point) {
      if (this.hand === 'pointer') this.hide();
      return;
    }
    this.hand = 'pointer';
    this.position = point;
    this.#tell();
  };

  begin(point: Point, isInverted: boolean): void {
    this.position = point;
    this.#drawing = { points: [point], isInverted };
    this.#tell();
  }

  moveTo(point: Point): void {
    this.position = point;
    this.#drawing?.points.push(point);
    this.#tell();
  }

  /** The stroke is done, if one was begun. */
  end(): void {
    const drawing = this.#drawing;
    this.#drawing = undefined;
    if (drawing) this.#finish(drawing);
    this.#tell();
  }

  /** Forgets the stroke that was begun. */
  cancel(): void {
    this.#drawing = undefined;
    this.#tell();
  }

  /** Moves it by steps of its own size, as arrow keys do, within the photo. */
  step(right: number, down: number, isFar: boolean): void {
    const { size, shape } = this.options;
    const long = Math.max(size.width, size.height);
    const far = shape.radius * KEY_STEP * (isFar ? FAR_KEY_STEPS : 1) * long;
    const [x, y] = this.position;
    this.moveTo([within(x + (right * far) / size.width), within(y + (down * far) / size.height)]);
  }

  /** Asks for a larger radius, or a smaller one below 0. */
  resize(steps: number): void {
    this.options.onRadius(stepRadius(this.options.shape.radius, steps));
  }

  setHand(hand: BrushHand): void {
    this.hand = hand;
    this.#tell();
  }

  setInverted(isInverted: boolean): void {
    if (isInverted === this.isInverted) return;
    this.isInverted = isInverted;
    this.#tell();
  }

  hide(): void {
    this.setHand('nobody');
  }

  /** The strokes are part of the photo now, or will not be. */
  clearDone(): void {
    if (this.#done.length === 0) return;
    this.#done = [];
    this.#tell();
  }

  #finish({ points, isInverted }: Drawing): void {
    const { size, shape, onStroke } = this.options;
    if (!touchesPhoto(points, shape.radius, size)) return;
    const tolerance = Math.max(LEAST_THIN, shape.radius * THIN_SHARE);
    const stroke = { ...shape, points: thinPoints(points.map(roundPoint), { size, tolerance }) };
    this.#done = [...this.#done, { ...stroke, isInverted }];
    onStroke(stroke, isInverted);
  }

  #tell(): void {
    this.#version++;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Whether a stroke can reach the photo at all: one beside it would be a step of undo that does nothing. */
function touchesPhoto(points: readonly Point[], radius: number, size: Size): boolean {
  const reach = radius * Math.max(size.width, size.height);
  const [across, down] = [reach / size.width, reach / size.height];
  const isBeyond = (axis: 0 | 1, over: number) =>
    points.every((point) => point[axis] <= -over) ||
    points.every((point) => point[axis] >= 1 + over);
  return !isBeyond(0, across) && !isBeyond(1, down);
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}
