import { byteRaster, DioramaError, type Size, sizeWithin } from '@diorama/core';
import type { PhotoType } from '@diorama/photo-io/bytes';
import { decodeJpegSmall } from './decode-jpeg-small.ts';
import type { PhotoRaster } from './photo-desk.ts';
import { type PhotoHeader, readHeader, unreadable } from './read-header.ts';

export interface DecodedPhoto {
  /** The full one, upright. */
  readonly size: Size;
  readonly photo: PhotoRaster;
}

/** So many rows are read back at once: a whole copy of a large photo would double what it costs. */
const BAND_PIXELS = 2_000_000;

const IN_WORDS: Partial<Record<PhotoType, string>> = { heic: 'HEIC', tiff: 'TIFF', avif: 'AVIF' };

/**
 * A photo upright, in sRGB, its longer side `longSide` at most (`Infinity` for all of it). `header` saves reading the
 * header again.
 * @throws DioramaError `PHOTO_*`; a type that this browser does not open and a server does has `isForServer` in its detail
 */
export async function decodePhoto(
  file: Blob,
  longSide: number,
  header?: PhotoHeader,
): Promise<DecodedPhoto> {
  const known = header ?? (await readHeader(file));
  const shrunk = await decodeJpegSmall(file, longSide, known);
  const bitmap = shrunk?.bitmap ?? (await decode(file, known));
  try {
    const decoded = { width: bitmap.width, height: bitmap.height };
    const photo = readBack(bitmap, sizeWithin(decoded, longSide), known);
    return { size: shrunk?.size ?? decoded, photo };
  } finally {
    bitmap.close();
  }
}

async function decode(file: Blob, { type }: PhotoHeader): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (cause) {
    const name = IN_WORDS[type];
    if (name === undefined) throw unreadable(cause);
    throw new DioramaError('PHOTO_TYPE_UNSUPPORTED', `This browser does not open ${name}.`, {
      cause,
      detail: { isForServer: true, found: name },
    });
  }
}

/** Pixels of what a browser decoded, scaled, band by band. */
function readBack(source: ImageBitmap, size: Size, { type }: PhotoHeader): PhotoRaster {
  const { width, height } = size;
  const bandRows = Math.min(height, Math.max(1, Math.floor(BAND_PIXELS / width)));
  const canvas = new OffscreenCanvas(width, bandRows);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new DioramaError('INTERNAL', 'This browser gives no canvas.');
  context.imageSmoothingQuality = 'high';
  // A JPEG is opaque; where others are as well, no more is kept of their alpha.
  context.globalCompositeOperation = type === 'jpeg' ? 'source-over' : 'copy';
  const colour = byteRaster(size, 3);
  let alpha: ReturnType<typeof byteRaster> | undefined;
  for (let top = 0; top < height; top += bandRows) {
    const rows = Math.min(bandRows, height - top);
    // All of it at its place, of which the canvas shows one band: scaling knows no seams.
    context.drawImage(source, 0, -top, width, height);
    const { data } = context.getImageData(0, 0, width, rows);
    const first = top * width;
    takeColour(data, colour.data, first);
    if (type === 'jpeg') continue;
    if (!alpha && isOpaque(data)) continue;
    if (!alpha) {
      alpha = byteRaster(size, 1);
      alpha.data.fill(255, 0, first);
    }
    for (let i = 3, to = first; i < data.length; i += 4, to++) {
      alpha.data[to] = data[i] as number; // in range by the loop's bound
    }
  }
  return alpha ? { colour, alpha } : { colour };
}

function takeColour(rgba: Uint8ClampedArray, rgb: Uint8Array, firstPixel: number): void {
  for (let from = 0, to = firstPixel * 3; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from] as number; // in range by the loop's bound
    rgb[to + 1] = rgba[from + 1] as number;
    rgb[to + 2] = rgba[from + 2] as number;
  }
}

function isOpaque(rgba: Uint8ClampedArray): boolean {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 255) return false;
  return true;
}
