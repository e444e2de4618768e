import type { KeyboardEvent, PointerEvent } from 'react';

interface GripOptions {
  /** A pointer that holds it is here. */
  readonly onDrag: (event: PointerEvent<HTMLElement>) => void;
  /** Takes a key. Tells whether it was one. */
  readonly onKey: (event: KeyboardEvent) => boolean;
  /** It was let go. */
  readonly onSettle: () => void;
}

/** The listeners of a thing that is dragged or moved by keys, without moving what it lies on. */
export function gripListeners({ onDrag, onKey, onSettle }: GripOptions) {
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      // The view around would move the photo.
      event.stopPropagation();
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      event.stopPropagation();
      if (event.currentTarget.hasPointerCapture(event.pointerId)) onDrag(event);
    },
    // However it ends: let go, or taken over by the browser.
    onLostPointerCapture: onSettle,
    onKeyDown: (event: KeyboardEvent) => {
      if (!onKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    onKeyUp: onSettle,
  };
}
