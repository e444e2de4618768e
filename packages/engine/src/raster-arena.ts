import type { ByteRaster, Size, WordRaster } from '@diorama/core';

/** Memory that is kept for the next photo, at most: the layers of some 18 megapixels. Larger photos get their own. */
const MOST_KEPT_BYTES = 128_000_000;

/**
 * Above this many pixels one layer is encoded before the next is made, so that all of them can have the same memory
 * and a 48-megapixel photo stays below a gigabyte. Below it, layers are encoded while the next ones are being made.
 */
const ONE_AT_A_TIME_PIXELS = 20_000_000;

/** Whether the layers of a photo are made and encoded one at a time. */
export function isOneAtATime({ width, height }: Size): boolean {
  return width * height > ONE_AT_A_TIME_PIXELS;
}

/**
 * Memory for the full-size layers of one photo after another. Fresh memory of that size has to be mapped and cleared
 * page by page by the system, which takes longer than much of the arithmetic done in it.
 */
export class RasterArena {
  readonly #kept = new Map<string, ArrayBuffer>();

  /** Makes a use's memory at least so large at once, instead of growing it later. */
  reserve(use: string, bytes: number): void {
    this.#take(use, bytes);
  }

  /** A raster of 0..255 for one use; what it holds is undefined. */
  bytes(use: string, size: Size, channels: number): ByteRaster {
    const length = size.width * size.height * channels;
    const { width, height } = size;
    return { width, height, channels, data: new Uint8Array(this.#take(use, length), 0, length) };
  }

  /** A raster of 0..65535 for one use; what it holds is undefined. */
  words(use: string, size: Size, channels: number): WordRaster {
    const length = size.width * size.height * channels;
    const { width, height } = size;
    const data = new Uint16Array(this.#take(use, length * 2), 0, length);
    return { width, height, channels, data };
  }

  /** Leaves nothing of the photo in the memory that is kept, and lets go of what is too much to keep. */
  wipe(): void {
    let total = 0;
    for (const [use, buffer] of this.#kept) {
      total += buffer.byteLength;
      if (total > MOST_KEPT_BYTES) this.#kept.delete(use);
      else new Uint8Array(buffer).fill(0);
    }
  }

  #take(use: string, bytes: number): ArrayBuffer {
    const kept = this.#kept.get(use);
    if (kept && kept.byteLength >= bytes) return kept;
    const fresh = new ArrayBuffer(bytes);
    this.#kept.set(use, fresh);
    return fresh;
  }
}
