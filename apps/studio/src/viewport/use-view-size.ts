import { type RefObject, useLayoutEffect } from 'react';
import type { ViewCamera } from './view-camera.ts';

/** Tells the camera how large its view is, and how fine the screen, whenever either changes. */
export function useViewSize(element: RefObject<HTMLElement | null>, camera: ViewCamera): void {
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const measure = () => {
      const { clientWidth, clientHeight } = current;
      camera.setViewSize({ width: clientWidth, height: clientHeight }, devicePixelRatio);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    // Another screen, or the browser's own zoom: the size may stay what it was.
    const stopListening = onPixelRatio(measure);
    return () => {
      observer.disconnect();
      stopListening();
    };
  }, [element, camera]);
}

/** Calls back when the screen has another number of pixels per CSS pixel, until what it returns is called. */
function onPixelRatio(listener: () => void): () => void {
  const stop = new AbortController();
  const listen = () => {
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    const onChange = () => {
      listener();
      listen();
    };
    query.addEventListener('change', onChange, { once: true, signal: stop.signal });
  };
  listen();
  return () => stop.abort();
}
