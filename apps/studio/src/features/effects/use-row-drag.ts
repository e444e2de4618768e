import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { EffectsTool } from '../../engine/effects/effects-tool.ts';

/**
 * Moves a row of a list by its grip, with a mouse or a finger: it takes the place of the row that the pointer is over.
 * Rows are the list's children.
 */
export function useRowDrag(
  list: RefObject<HTMLElement | null>,
  tool: EffectsTool,
): (id: number, event: React.PointerEvent) => void {
  const end = useRef<(() => void) | undefined>(undefined);
  useEffect(() => () => end.current?.(), []);
  return useCallback(
    (id, { pointerId, button }) => {
      if (button !== 0) return;
      end.current?.();
      const stop = new AbortController();
      const { signal } = stop;
      end.current = () => {
        stop.abort();
        tool.settle();
      };
      const onMove = (event: PointerEvent) => {
        if (event.pointerId !== pointerId) return;
        const rows = [...(list.current?.children ?? [])];
        const place = rows.findIndex((row) => {
          const { top, bottom } = row.getBoundingClientRect();
          return event.clientY >= top && event.clientY < bottom;
        });
        if (place >= 0) tool.moveTo(id, place);
      };
      const onEnd = (event: PointerEvent) => {
        if (event.pointerId === pointerId) end.current?.();
      };
      // On the window: the row moves in the page while it is dragged.
      window.addEventListener('pointermove', onMove, { signal });
      window.addEventListener('pointerup', onEnd, { signal });
      window.addEventListener('pointercancel', onEnd, { signal });
    },
    [list, tool],
  );
}
