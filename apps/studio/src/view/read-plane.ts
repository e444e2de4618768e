import { type Plane, planeOf } from './view-plane.ts';

/** What is read of a picture's pixels: 0 red (the same as grey), 3 alpha. */
type Channel = 0 | 3;

/** A picture's pixels at the size of a grid, 4 numbers each, 0..255. */
export function readPixels(
  picture: CanvasImageSource,
  width: number,
  height: number,
): Uint8ClampedArray {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return new Uint8ClampedArray(width * height * 4);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height).data;
}

/** One channel of a picture at the size of a grid, 0..1. */
export function readPlane(
  picture: CanvasImageSource,
  width: number,
  height: number,
  channel: Channel = 0,
): Plane {
  const pixels = readPixels(picture, width, height);
  const plane = planeOf(width, height);
  for (let at = 0; at < plane.data.length; at++) {
    plane.data[at] = (pixels[at * 4 + channel] as number) / 255; // one grid
  }
  return plane;
}
