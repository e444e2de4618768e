import { type RefObject, useEffect, useRef } from 'react';

/**
 * Buttons in an element take each other's place when `state` changes; the focus of the one that went is given to the
 * first of those that came, so that who works by keys is not sent back to the start of the page.
 */
export function useFocusKept(state: boolean): RefObject<HTMLElement | null> {
  const element = useRef<HTMLElement>(null);
  const before = useRef(state);
  const wasInside = useRef(false);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      wasInside.current = target instanceof Node && !!element.current?.contains(target);
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (!isLost || !wasInside.current) return;
    element.current
      ?.querySelector<HTMLButtonElement>('button:not(:disabled)')
      ?.focus({ preventScroll: true });
  }, [state]);
  return element;
}
