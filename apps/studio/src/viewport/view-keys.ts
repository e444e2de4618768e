import type { ViewCamera } from './view-camera.ts';

const STEP_FACTOR = 1.25;
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

/** Moves the photo by the keys of a view: + and -, 0 all of it, 1 its own size, arrows. Tells whether the key was one. */
export function moveByKey(camera: ViewCamera, event: ViewKey): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const slide = event.shiftKey ? FAR_SLIDE_PX : SLIDE_PX;
  switch (event.key) {
    case '+':
    case '=':
      camera.stepBy(STEP_FACTOR);
      return true;
    case '-':
    case '_':
      camera.stepBy(1 / STEP_FACTOR);
      return true;
    case '0':
      camera.fit();
      return true;
    case '1':
      camera.showActual();
      return true;
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
