import type { Point } from '@diorama/contract';
import { createContext, use, useSyncExternalStore } from 'react';
import type { ViewCamera } from './view-camera.ts';
import type { View } from './view-geometry.ts';

/** Where an event happened on the screen. */
export interface ScreenPlace {
  readonly clientX: number;
  readonly clientY: number;
}

/** What the children of a viewport know of it. */
export interface Viewport {
  /** CSS pixels per pixel of the photo. */
  readonly scale: number;
  /** Where in the photo an event happened: shares of its sides, 0..1; outside of it below 0 or above 1. */
  readonly toPoint: (event: ScreenPlace) => Point;
}

export const ViewportContext = createContext<Viewport | undefined>(undefined);
export const CameraContext = createContext<ViewCamera | undefined>(undefined);

/** The viewport around a component. It is another one when the scale is, not when the photo moves. */
export function useViewport(): Viewport {
  const viewport = use(ViewportContext);
  if (!viewport) throw new Error('No viewport around this component.');
  return viewport;
}

/** The camera of the viewport around a component, and how it shows the photo now: for what follows each movement. */
export function useCameraView(): { readonly camera: ViewCamera; readonly view: View } {
  const camera = use(CameraContext);
  if (!camera) throw new Error('No viewport around this component.');
  return { camera, view: useView(camera) };
}

/** How a camera shows the photo now. */
export function useView(camera: ViewCamera): View {
  return useSyncExternalStore(camera.store.subscribe, camera.store.get);
}
