import {
  type HTMLAttributes,
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { ViewCamera } from './view-camera.ts';
import { type GestureHandlers, ViewGestures } from './view-gestures.ts';

interface GesturesOfView {
  /** For the view's element. Children that take a gesture for themselves stop its event. */
  readonly listeners: HTMLAttributes<HTMLElement>;
  /** While the photo is being moved, or can be since the space bar is held. */
  readonly cursor: 'grab' | 'grabbing' | undefined;
}

/** Pointers, wheel and space bar of a view. */
export function useGestures(
  element: RefObject<HTMLElement | null>,
  camera: ViewCamera,
  { onTool, onTap, onHover }: GestureHandlers,
): GesturesOfView {
  const gestures = useRef<ViewGestures>(undefined);
  const [cursor, setCursor] = useState<'grab' | 'grabbing'>();
  useEffect(() => {
    if (!element.current) return;
    const made = new ViewGestures(element.current, camera);
    gestures.current = made;
    const stopListening = followSpace(element.current, (isHeld) => {
      made.isSpaceHeld = isHeld;
      setCursor(isHeld ? 'grab' : undefined);
    });
    return () => {
      stopListening();
      made.dispose();
    };
  }, [element, camera]);
  useLayoutEffect(() => {
    if (gestures.current) gestures.current.handlers = { onTool, onTap, onHover };
  });
  const tell =
    (what: 'down' | 'move' | 'up' | 'cancel' | 'leave') => (event: ReactPointerEvent) => {
      const { current } = gestures;
      if (!current) return;
      current.handlers = { onTool, onTap, onHover };
      current[what](event.nativeEvent);
      setCursor(current.isPanning ? 'grabbing' : current.isSpaceHeld ? 'grab' : undefined);
    };
  return {
    cursor,
    listeners: {
      onPointerDown: tell('down'),
      onPointerMove: tell('move'),
      onPointerUp: tell('up'),
      onPointerCancel: tell('cancel'),
      onPointerLeave: tell('leave'),
      onDoubleClick: (event) => gestures.current?.doubleClick(event.nativeEvent),
      // The middle button would scroll the page.
      onMouseDown: (event) => event.button === 1 && event.preventDefault(),
    },
  };
}

/** Tells whether the space bar is held while the pointer is over the element, or the focus on it. */
function followSpace(element: HTMLElement, tell: (isHeld: boolean) => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let isHeld = false;
  const set = (next: boolean) => {
    if (isHeld !== next) tell(next);
    isHeld = next;
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== ' ') return;
    const isOwn = event.target === element;
    // The focus is on the page, or on its part around the view.
    const isNobodys = event.target instanceof Node && event.target.contains(element);
    if (!isHeld && !isOwn && !(isNobodys && element.matches(':hover'))) return;
    event.preventDefault();
    set(true);
  };
  window.addEventListener('keydown', onKey, { signal });
  window.addEventListener('keyup', ({ key }) => key === ' ' && set(false), { signal });
  window.addEventListener('blur', () => set(false), { signal });
  return () => stop.abort();
}
