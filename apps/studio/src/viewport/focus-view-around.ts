import type { MouseEvent } from 'react';

/**
 * The `onMouseDown` of a layer that takes keys over the photo of a `PhotoViewport`: a mouse gives the focus to the view
 * around it, whose space bar moves the photo.
 */
export function focusViewAround(event: MouseEvent): void {
  event.preventDefault();
  event.currentTarget.parentElement
    ?.closest<HTMLElement>('[role="application"]')
    ?.focus({ preventScroll: true });
}
