import type { StageTurn } from './stage-settings.ts';
import { panBy, turnBy, zoomBy } from './stage-turn.ts';

/** What a person does with the stage. */
export interface StageHands {
  /** Whether the stage is turned around; else it is looked at from a little to the side. */
  readonly isTurned: () => boolean;
  /** Whether the pointer moves the camera without being pressed. */
  readonly isHovered: () => boolean;
  /** Looks from a place, -1..1 to the right and up. */
  readonly onLook: (right: number, up: number) => void;
  readonly onTurn: (change: (turn: StageTurn) => StageTurn) => void;
}

/** Degrees for a drag across the whole of the stage. */
const DRAG_DEGREES = 200;
/** A drag over half of the stage looks from as far as it goes. */
const DRAG_GAIN = 2;
const WHEEL_ZOOM = 0.0015;

interface Held {
  x: number;
  y: number;
}

/** Listens to pointers and wheel on the stage. Returns how to stop. */
export function listenToHands(stage: HTMLElement, hands: StageHands): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const held = new Map<number, Held>();
  const look = { right: 0, up: 0 };
  let isPanning = false;

  const lookTo = (right: number, up: number) => {
    look.right = Math.min(1, Math.max(-1, right));
    look.up = Math.min(1, Math.max(-1, up));
    hands.onLook(look.right, look.up);
  };
  const hover = ({ clientX, clientY }: PointerEvent) => {
    const { left, top, width, height } = stage.getBoundingClientRect();
    lookTo((2 * (clientX - left)) / width - 1, 1 - (2 * (clientY - top)) / height);
  };
  const drag = (right: number, down: number) => {
    const { width, height } = stage.getBoundingClientRect();
    if (!hands.isTurned()) {
      // As if the picture were pulled: the camera goes the other way.
      const gain = 2 * DRAG_GAIN;
      lookTo(look.right - (gain * right) / width, look.up + (gain * down) / height);
    } else if (isPanning) {
      hands.onTurn((turn) => panBy(turn, right / width, down / height));
    } else {
      const degrees = DRAG_DEGREES / Math.max(width, height);
      hands.onTurn((turn) => turnBy(turn, -right * degrees, down * degrees));
    }
  };
  const pinch = (event: PointerEvent, at: Held) => {
    const [a, b] = [...held.values()];
    if (!a || !b) return;
    const apart = Math.hypot(a.x - b.x, a.y - b.y);
    const [dx, dy] = [(event.clientX - at.x) / 2, (event.clientY - at.y) / 2];
    at.x = event.clientX;
    at.y = event.clientY;
    const now = Math.hypot(a.x - b.x, a.y - b.y);
    const { width, height } = stage.getBoundingClientRect();
    hands.onTurn((turn) =>
      zoomBy(panBy(turn, dx / width, dy / height), apart > 0 ? now / apart : 1),
    );
  };

  stage.addEventListener(
    'pointerdown',
    (event) => {
      isPanning = event.button !== 0 || event.shiftKey;
      held.set(event.pointerId, { x: event.clientX, y: event.clientY });
      stage.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  stage.addEventListener(
    'pointermove',
    (event) => {
      const at = held.get(event.pointerId);
      if (!at) {
        if (event.pointerType === 'mouse' && hands.isHovered()) hover(event);
        return;
      }
      if (held.size > 1) {
        if (hands.isTurned()) pinch(event, at);
        return;
      }
      drag(event.clientX - at.x, event.clientY - at.y);
      at.x = event.clientX;
      at.y = event.clientY;
    },
    { signal },
  );
  const release = (event: PointerEvent) => {
    held.delete(event.pointerId);
    if (held.size === 0 && !hands.isTurned() && !hands.isHovered()) lookTo(0, 0);
  };
  stage.addEventListener('pointerup', release, { signal });
  stage.addEventListener('pointercancel', release, { signal });
  stage.addEventListener(
    'pointerleave',
    () => {
      if (held.size === 0 && !hands.isTurned()) lookTo(0, 0);
    },
    { signal },
  );
  stage.addEventListener(
    'wheel',
    (event) => {
      if (!hands.isTurned()) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      hands.onTurn((turn) => zoomBy(turn, Math.exp(-event.deltaY * lines * WHEEL_ZOOM)));
    },
    { signal, passive: false },
  );
  stage.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
  return () => stop.abort();
}
