import { DioramaError, type Size } from '@diorama/core';
import { GIFEncoder, type GifColour, quantize } from 'gifenc';
import { clearSame, PaletteMap } from './gif-colours.ts';
import type { MovieOrder } from './movie-order.ts';
import { ticksOf } from './movie-times.ts';
import type { MovieWriter } from './movie-writer.ts';

/** One number is kept for what stays as it was. */
const COLOURS = 255;
const CLEAR = 255;
/** Moments of the loop whose colours a common palette is made of. */
const STUDIES = [0, 0.17, 0.33, 0.5, 0.67, 0.83];
/** Pixels of each of them. */
const STUDIED_PIXELS = 40_000;

/** Writes a GIF that repeats for ever; what does not change from one picture to the next takes no room. */
export function openGifWriter(order: MovieOrder): MovieWriter {
  const { size, framesPerSecond, palette, isDithered } = order;
  const gif = GIFEncoder();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const studied: Uint8ClampedArray[] = [];
  const indices = new Uint8Array(size.width * size.height);
  const before = new Uint8Array(indices.length);
  const written = new Uint8Array(indices.length);
  let common: { readonly palette: GifColour[]; readonly map: PaletteMap } | undefined;
  return {
    studies: palette === 'one' ? STUDIES : [],
    study: (canvas) => {
      studied.push(thinned(pixelsOf(canvas, size)));
    },
    add: async (canvas, index) => {
      const pixels = pixelsOf(canvas, size);
      if (palette === 'one') common ??= paletteOf(joined(studied));
      const { palette: colours, map } = common ?? paletteOf(thinned(pixels));
      map.map(pixels, size.width, isDithered, indices);
      const isFirst = index === 0;
      const hasSame =
        !isFirst && common !== undefined && clearSame(indices, before, CLEAR, written);
      gif.writeFrame(hasSame ? written : indices, size.width, size.height, {
        delay: ticksOf(index, framesPerSecond, 100) * 10,
        dispose: 1,
        repeat: 0,
        ...(isFirst || !common ? { palette: padded(colours) } : {}),
        ...(hasSame ? { transparent: true, transparentIndex: CLEAR } : {}),
      });
      before.set(indices);
      parts.push(gif.bytes());
      gif.stream.reset();
    },
    finish: async () => {
      gif.finish();
      parts.push(gif.bytes());
      return new Blob(parts, { type: 'image/gif' });
    },
  };
}

function pixelsOf(canvas: OffscreenCanvas, { width, height }: Size): Uint8ClampedArray {
  const context = canvas.getContext('2d');
  if (!context) throw new DioramaError('INTERNAL', 'This browser gives no canvas.');
  return context.getImageData(0, 0, width, height).data;
}

function paletteOf(pixels: Uint8ClampedArray) {
  const palette = quantize(pixels, COLOURS, { format: 'rgb565' });
  return { palette, map: new PaletteMap(palette) };
}

/** A table has 256 colours, so that the last number is never one of them. */
function padded(palette: readonly GifColour[]): readonly GifColour[] {
  const black: GifColour = [0, 0, 0];
  return [...palette, ...Array.from({ length: COLOURS + 1 - palette.length }, () => black)];
}

/** So many of the pixels, spread evenly. */
function thinned(pixels: Uint8ClampedArray): Uint8ClampedArray {
  const count = pixels.length / 4;
  const step = Math.max(1, Math.floor(count / STUDIED_PIXELS));
  if (step === 1) return pixels;
  const out = new Uint8ClampedArray(Math.ceil(count / step) * 4);
  for (let from = 0, to = 0; from < count; from += step, to++) {
    for (let c = 0; c < 4; c++) out[to * 4 + c] = pixels[from * 4 + c] as number; // in range by the loop's bound
  }
  return out;
}

function joined(parts: readonly Uint8ClampedArray[]): Uint8ClampedArray {
  const out = new Uint8ClampedArray(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
