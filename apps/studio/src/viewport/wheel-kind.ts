/** What of a wheel event tells where it came from. */
export interface WheelTurn {
  readonly deltaX: number;
  readonly deltaY: number;
  /** 0: in pixels. */
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
}

/** `pinch`: two fingers of a trackpad apart or together. `scroll`: both along. `notch`: the wheel of a mouse. */
export type WheelKind = 'pinch' | 'scroll' | 'notch';

/** A wheel moves at least so far at once; a trackpad begins with less. */
const LEAST_NOTCH_PX = 40;
/** macOS lets slow wheels begin with this, and trackpads only with whole numbers. */
const MAC_NOTCH_PX = 4.000244140625;

/** What a turn is by its looks. It is true of the first of a gesture: what follows is of the same kind. */
export function guessWheelKind({ deltaX, deltaY, deltaMode, ctrlKey }: WheelTurn): WheelKind {
  if (ctrlKey) return 'pinch';
  if (deltaMode !== 0) return 'notch';
  if (deltaX !== 0) return 'scroll';
  const length = Math.abs(deltaY);
  const isMacNotch = length > 0 && Math.abs(length % MAC_NOTCH_PX) < 1e-9;
  return length >= LEAST_NOTCH_PX || isMacNotch ? 'notch' : 'scroll';
}

/** Turns that follow within this time belong together. */
const GESTURE_MS = 180;

/** Tells of each turn of a wheel which kind it is; what belongs together is of one kind. */
export class WheelReader {
  #kind: WheelKind = 'notch';
  #lastMs = Number.NEGATIVE_INFINITY;

  read(turn: WheelTurn, nowMs: number): WheelKind {
    const isNew = nowMs - this.#lastMs > GESTURE_MS || (this.#kind === 'pinch') !== turn.ctrlKey;
    this.#lastMs = nowMs;
    if (isNew) this.#kind = guessWheelKind(turn);
    return this.#kind;
  }
}
