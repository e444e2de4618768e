import type { WorkLayers } from '../../engine/state.ts';
import { drawPart, type Part } from '../../viewport/index.ts';
import type { Ground, SubjectSettings } from './subject-store.ts';

/** Longer side of the photo that stands for a blurred one: enlarged, it has no detail left. */
const BLURRED_LONG_SIDE = 48;

interface Grounds extends Pick<SubjectSettings, 'colour' | 'picture'> {
  readonly ground: Ground;
  /** The photo is dimmed, so that what is cut out stands out. */
  readonly isDimmed: boolean;
}

/** Paints what lies behind the cut-out over the whole of a canvas; nothing for the checker, which is the page's. */
export function paintGround(
  context: CanvasRenderingContext2D,
  part: Part,
  layers: Pick<WorkLayers, 'photo' | 'size'>,
  { ground, colour, picture, isDimmed }: Grounds,
): void {
  const { width, height } = context.canvas;
  if (ground === 'photo') {
    drawPart(context, layers.photo, part);
    if (!isDimmed) return;
    context.fillStyle = 'rgb(0 0 0 / 0.68)';
    context.fillRect(0, 0, width, height);
  } else if (ground === 'white' || ground === 'black' || ground === 'colour') {
    context.fillStyle = ground === 'colour' ? colour : ground;
    context.fillRect(0, 0, width, height);
  } else if (ground === 'blur') {
    const small = blurredPhoto(layers.photo);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'high';
    const { width: w, height: h } = small;
    context.drawImage(
      small,
      part.left * w,
      part.top * h,
      part.width * w,
      part.height * h,
      0,
      0,
      width,
      height,
    );
  } else if (ground === 'picture' && picture) {
    drawCovering(context, picture, layers.size, part);
  }
}

const blurred = new WeakMap<ImageBitmap, HTMLCanvasElement>();

/** Halves the photo until it is tiny: each step is a mean, so that no pixel stands for others. */
function blurredPhoto(photo: ImageBitmap): HTMLCanvasElement {
  const known = blurred.get(photo);
  if (known) return known;
  let from: ImageBitmap | HTMLCanvasElement = photo;
  for (;;) {
    const factor = Math.max(0.5, BLURRED_LONG_SIDE / Math.max(from.width, from.height));
    const to = document.createElement('canvas');
    to.width = Math.max(1, Math.round(from.width * Math.min(1, factor)));
    to.height = Math.max(1, Math.round(from.height * Math.min(1, factor)));
    const context = to.getContext('2d');
    if (from.width > 0) context?.drawImage(from, 0, 0, to.width, to.height);
    if (factor > 0.5) {
      blurred.set(photo, to);
      return to;
    }
    from = to;
  }
}

/** A picture that covers all of the photo and keeps its shape. */
function drawCovering(
  context: CanvasRenderingContext2D,
  picture: ImageBitmap,
  size: { readonly width: number; readonly height: number },
  part: Part,
): void {
  const scale = Math.max(size.width / picture.width, size.height / picture.height);
  const wide = size.width / scale;
  const high = size.height / scale;
  const left = (picture.width - wide) / 2 + part.left * wide;
  const top = (picture.height - high) / 2 + part.top * high;
  const { width, height } = context.canvas;
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, left, top, part.width * wide, part.height * high, 0, 0, width, height);
}
