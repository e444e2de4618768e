/** The view of a photo that every tool builds on: zoomed, moved, drawn on. */
export { drawPart } from './draw-part.ts';
export { focusViewAround } from './focus-view-around.ts';
export { InSight } from './in-sight.tsx';
export { PhotoCanvas } from './photo-canvas.tsx';
export { PhotoViewport } from './photo-viewport.tsx';
export { canvasOf, greyCanvas } from './plane-canvas.ts';
export { useViewCamera } from './use-view-camera.ts';
export { ViewBar } from './view-bar.tsx';
export { ViewCamera } from './view-camera.ts';
export { actualScale, type Part, partInSight, type View } from './view-geometry.ts';
export type { GestureHandlers, ToolEvent } from './view-gestures.ts';
export {
  type ScreenPlace,
  useCameraView,
  useView,
  useViewport,
  type Viewport,
} from './viewport-context.ts';
