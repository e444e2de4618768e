import { type Size, sizeWithin } from '@diorama/core';
import type { PhotoHeader } from './read-header.ts';

/** Decoders shrink to so many eighths as they read, at a third of the time and memory of all pixels. */
const EIGHTHS = 8;
/** A copy that is a little smaller than asked is better than one that is made twice as large and shrunk. */
const GOOD_ENOUGH = 0.9;

/** The decoder of frames that newer browsers have; TypeScript's types of a page know it, those of older ones do not. */
interface FrameDecoder {
  decode(): Promise<{ readonly image: VideoFrame }>;
  close(): void;
}
type FrameDecoderMaker = new (options: {
  readonly data: ReadableStream<Uint8Array>;
  readonly type: string;
  readonly desiredWidth: number;
  readonly desiredHeight: number;
}) => FrameDecoder;

/**
 * A JPEG that is shrunk while it is decoded, upright, a little larger than `longSide` or down to nine tenths of it; nothing
 * where that saves nothing or this browser cannot. Close the bitmap.
 */
export async function decodeJpegSmall(
  file: Blob,
  longSide: number,
  { type, storedSize }: PhotoHeader,
): Promise<{ readonly bitmap: ImageBitmap; readonly size: Size } | undefined> {
  const { ImageDecoder: Decoder } = globalThis as { readonly ImageDecoder?: FrameDecoderMaker };
  if (type !== 'jpeg' || !storedSize || !Decoder) return undefined;
  // Frames that cannot say how they are turned are not turned.
  if (!('rotation' in VideoFrame.prototype)) return undefined;
  const eighths = eighthsFor(storedSize, longSide);
  if (eighths >= EIGHTHS) return undefined;
  const decoder = new Decoder({
    data: file.stream(),
    type: 'image/jpeg',
    desiredWidth: Math.ceil((storedSize.width * eighths) / EIGHTHS),
    desiredHeight: Math.ceil((storedSize.height * eighths) / EIGHTHS),
  });
  try {
    const { image } = await decoder.decode();
    // Drawn by themselves, Chromium's frames leave a copy in memory that is shared between processes.
    const bitmap = await createImageBitmap(image);
    image.close();
    return { bitmap, size: uprightSize(storedSize, bitmap) };
  } catch {
    // Whatever it is, the usual decoder has the last word.
    return undefined;
  } finally {
    decoder.close();
  }
}

/** The fewest eighths that are large enough. */
function eighthsFor(stored: Size, longSide: number): number {
  const long = Math.max(stored.width, stored.height);
  const within = sizeWithin(stored, longSide);
  const wanted = GOOD_ENOUGH * Math.max(within.width, within.height);
  for (let eighths = 1; eighths < EIGHTHS; eighths++) {
    if (Math.ceil((long * eighths) / EIGHTHS) >= wanted) return eighths;
  }
  return EIGHTHS;
}

function uprightSize(stored: Size, { width, height }: Size): Size {
  const isTurned = stored.width > stored.height !== width > height;
  return isTurned && stored.width !== stored.height
    ? { width: stored.height, height: stored.width }
    : stored;
}
