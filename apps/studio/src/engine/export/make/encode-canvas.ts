import { type ByteRaster, byteRaster, DioramaError } from '@diorama/core';
import { spreadColours, webpWithAlpha } from '@diorama/core/scene';
import type { ExportChoice } from '../export-order.ts';

/** So many pixels are brought to a canvas at once: a whole copy of a large picture would double what it costs. */
const BAND_PIXELS = 1_000_000;
/** From here on Chromium writes WebP without loss. */
const MOST_LOSSY = 0.99;

/**
 * A raster of 1, 3 or 4 channels as JPEG or WebP, by the browser's own encoder. JPEG drops alpha. The colours of faint
 * pixels stay as they are but in a WebP without loss, which only opaque pictures should be asked for as.
 * @throws DioramaError `PHOTO_TOO_MANY_PIXELS` for more than a canvas can hold, `ANSWER_TYPE_UNSUPPORTED` where the
 * browser does not write the format
 */
export async function encodeByCanvas(
  raster: ByteRaster,
  format: 'jpeg' | 'webp',
  { quality, isLossless }: Pick<ExportChoice, 'quality' | 'isLossless'>,
): Promise<Blob> {
  const type = `image/${format}`;
  if (format === 'jpeg') return write(raster, type, quality / 100);
  const share = isLossless ? 1 : Math.min(MOST_LOSSY, quality / 100);
  if (raster.channels !== 4) return write(raster, type, share);
  const alphas = await write(alphaOf(raster), type, 1);
  const coloured = { ...raster, data: raster.data.slice() };
  spreadColours(coloured);
  const colours = await write(coloured, type, Math.min(MOST_LOSSY, share));
  const [colourBytes, alphaBytes] = await Promise.all([bytesOf(colours), bytesOf(alphas)]);
  return new Blob([webpWithAlpha(colourBytes, alphaBytes, raster)], { type });
}

/** Writes the colours as if they were opaque. */
async function write(raster: ByteRaster, type: string, quality: number): Promise<Blob> {
  const canvas = canvasOf(raster);
  let blob: Blob;
  try {
    blob = await canvas.convertToBlob({ type, quality });
  } catch (cause) {
    throw new DioramaError(
      'PHOTO_TOO_MANY_PIXELS',
      'The picture is too large for this format. Choose PNG or a smaller size.',
      { cause },
    );
  }
  if (blob.type !== type) {
    throw new DioramaError(
      'ANSWER_TYPE_UNSUPPORTED',
      `This browser does not write ${type}. Choose another format.`,
    );
  }
  return blob;
}

function canvasOf(raster: ByteRaster): OffscreenCanvas {
  const { width, height } = raster;
  const canvas = new OffscreenCanvas(width, height);
  // Not on a GPU, from which every pixel would have to come back.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!context) {
    throw new DioramaError(
      'PHOTO_TOO_MANY_PIXELS',
      'The picture is too large for this browser. Choose a smaller size.',
    );
  }
  const bandRows = Math.max(1, Math.min(height, Math.floor(BAND_PIXELS / width)));
  for (let top = 0; top < height; top += bandRows) {
    const rows = Math.min(bandRows, height - top);
    const band = new ImageData(width, rows);
    fillBand(band.data, raster, top * width);
    context.putImageData(band, 0, top);
  }
  return canvas;
}

function fillBand(pixels: Uint8ClampedArray, { channels, data }: ByteRaster, first: number): void {
  const green = channels === 1 ? 0 : 1;
  const blue = channels === 1 ? 0 : 2;
  for (let to = 0, from = first * channels; to < pixels.length; to += 4, from += channels) {
    pixels[to] = data[from] as number; // in range by the loop's bound
    pixels[to + 1] = data[from + green] as number;
    pixels[to + 2] = data[from + blue] as number;
    pixels[to + 3] = 255;
  }
}

function alphaOf(raster: ByteRaster): ByteRaster {
  const alpha = byteRaster(raster, 1);
  for (let i = 0, from = 3; i < alpha.data.length; i++, from += 4) {
    alpha.data[i] = raster.data[from] as number; // one grid
  }
  return alpha;
}

/** What is in a blob; not every browser gives bytes of it by a name of their own. */
export async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}
