import { DioramaError } from '../errors.ts';
import { type ByteRaster, byteRaster, type Size } from '../raster.ts';
import { resizeArea, resizeBilinear } from '../resize.ts';
import type { Box } from './alpha-box.ts';

/** Which part of a layer comes where on a canvas. `to` may reach over the canvas's edges and have another size. */
export interface Placement {
  readonly from: Box;
  readonly to: Box;
  readonly canvas: Size;
}

/**
 * A part of a matte (1 channel) or of a subject (4, straight alpha) on a canvas that is clear around it. The layer
 * itself where nothing would change.
 * @throws DioramaError `INTERNAL` for other channels
 */
export function placeOnCanvas(layer: ByteRaster, placement: Placement): ByteRaster {
  const { from, to, canvas } = placement;
  const { channels } = layer;
  if (channels !== 1 && channels !== 4) {
    throw new DioramaError(
      'INTERNAL',
      `Expected a layer with alpha but received ${channels} channels.`,
    );
  }
  const isScaled = from.width !== to.width || from.height !== to.height;
  const isMoved = isScaled || from.left !== to.left || from.top !== to.top;
  if (!isMoved && isSameSize(layer, canvas) && isWhole(from, layer)) return layer;
  const out = byteRaster(canvas, channels);
  if (!isScaled) {
    copyRows(layer, from, out, to);
    return out;
  }
  const part = byteRaster(from, channels);
  copyRows(layer, from, part, { ...from, left: 0, top: 0 });
  copyRows(resizeWithAlpha(part, to), { ...to, left: 0, top: 0 }, out, to);
  return out;
}

/** Copies a box of `source` to where `to` begins in `out`, as far as both of them reach. */
function copyRows(source: ByteRaster, from: Box, out: ByteRaster, to: Box): void {
  const { channels } = source;
  const left = Math.max(0, -to.left, -from.left);
  const right = Math.min(from.width, out.width - to.left, source.width - from.left);
  const top = Math.max(0, -to.top, -from.top);
  const bottom = Math.min(from.height, out.height - to.top, source.height - from.top);
  if (right <= left) return;
  for (let y = top; y < bottom; y++) {
    const at = ((from.top + y) * source.width + from.left + left) * channels;
    const target = ((to.top + y) * out.width + to.left + left) * channels;
    out.data.set(source.data.subarray(at, at + (right - left) * channels), target);
  }
}

/**
 * Resamples by the mean of what lies under each pixel where it shrinks, else between the nearest. Colours count as
 * much as their alpha, or the colour of clear pixels would show at the edges. Changes `raster`.
 */
function resizeWithAlpha(raster: ByteRaster, size: Size): ByteRaster {
  const isShrinking = size.width <= raster.width && size.height <= raster.height;
  const resize = isShrinking ? resizeArea : resizeBilinear;
  if (raster.channels === 1) return resize(raster, size);
  scaleColours(raster.data, (colour, alpha) => (colour * alpha + 127) / 255);
  const resized = resize(raster, size);
  scaleColours(resized.data, (colour, alpha) => Math.min(255, (colour * 255 + alpha / 2) / alpha));
  return resized;
}

function scaleColours(data: Uint8Array, scale: (colour: number, alpha: number) => number): void {
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] ?? 0;
    if (alpha === 255) continue;
    for (let c = i; c < i + 3; c++) data[c] = alpha === 0 ? 0 : scale(data[c] ?? 0, alpha);
  }
}

function isSameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

function isWhole(box: Box, size: Size): boolean {
  return box.left === 0 && box.top === 0 && isSameSize(box, size);
}
