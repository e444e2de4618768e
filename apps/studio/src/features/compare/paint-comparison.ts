import { drawPart, type Part } from '../../viewport/index.ts';
import type { LayerPicture } from './layer-picture.ts';

export interface Comparison {
  readonly photo: ImageBitmap;
  readonly layer: LayerPicture;
  /** Up to which share of the photo it is shown itself: from the left, or from above where `isDown`. */
  readonly divider: number;
  readonly isDown: boolean;
}

/** Paints the photo up to the divider and the layer from there on. What is transparent stays so. */
export function paintComparison(
  context: CanvasRenderingContext2D,
  part: Part,
  { photo, layer, divider, isDown }: Comparison,
): void {
  const { width, height } = context.canvas;
  const from = isDown ? part.top : part.left;
  const length = isDown ? part.height : part.width;
  const share = Math.min(1, Math.max(0, (divider - from) / length));
  const edge = Math.round(share * (isDown ? height : width));
  const before = isDown ? [width, edge] : [edge, height];
  clipped(context, [0, 0, before[0] ?? 0, before[1] ?? 0], () => drawPart(context, photo, part));
  const after = isDown ? [0, edge, width, height - edge] : [edge, 0, width - edge, height];
  clipped(context, after, () => drawPart(context, layer, part));
}

function clipped(
  context: CanvasRenderingContext2D,
  [x = 0, y = 0, width = 0, height = 0]: readonly number[],
  draw: () => void,
): void {
  if (width <= 0 || height <= 0) return;
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  draw();
  context.restore();
}
