import type { ViewCamera } from './view-camera.ts';

const SLIDE_PX = 60;
const FAR_SLIDE_PX = 240;

/** What of a key event a view looks at. */
export interface ViewKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Moves the photo by arrow keys, farther with Shift. Tells whether the key was one. */
export function slideByKey(camera: ViewCamera, event: ViewKey): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const slide = event.shiftKey ? FAR_SLIDE_PX : SLIDE_PX;
  switch (event.key) {
    case 'ArrowLeft':
      camera.slideBy(slide, 0);
      return true;
    case 'ArrowRight':
      camera.slideBy(-slide, 0);
      return true;
    case 'ArrowUp':
      camera.slideBy(0, slide);
      return true;
    case 'ArrowDown':
      camera.slideBy(0, -slide);
      return true;
    default:
      return false;
  }
}
