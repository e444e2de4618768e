/** Painting on a photo: from pointers, fingers and keys to strokes of a recipe. */
export { Brush, type BrushOptions } from './brush.ts';
export { BrushLayer, type StrokeLook } from './brush-layer.tsx';
export { BRUSH_RADIUS, type BrushShape, type BrushStroke } from './brush-stroke.ts';
export { useBrush } from './use-brush.ts';
