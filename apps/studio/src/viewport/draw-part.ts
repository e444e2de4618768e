import type { Size } from '@diorama/core';
import type { Part } from './view-geometry.ts';

type Picture = ImageBitmap | HTMLCanvasElement | OffscreenCanvas;

/** From this many device pixels per pixel of a picture on, its pixels are shown as squares. */
const SQUARES_FROM = 4;

/** Draws a part of a picture over the whole of a canvas. A bitmap that was closed is left out. */
export function drawPart(context: CanvasRenderingContext2D, picture: Picture, part: Part): void {
  const { width, height } = context.canvas;
  const source = sourceOf(picture, part);
  if (!(source.width > 0 && source.height > 0)) return;
  context.imageSmoothingEnabled = width / source.width < SQUARES_FROM;
  context.imageSmoothingQuality = 'high';
  const { left, top } = source;
  context.drawImage(picture, left, top, source.width, source.height, 0, 0, width, height);
}

function sourceOf({ width, height }: Size, part: Part) {
  return {
    left: part.left * width,
    top: part.top * height,
    width: part.width * width,
    height: part.height * height,
  };
}
