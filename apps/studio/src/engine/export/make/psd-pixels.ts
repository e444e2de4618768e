import type { ByteRaster, Size, WordRaster } from '@diorama/core';

/** Pixels as ag-psd reads them: 4 channels. */
export interface PixelSource extends Size {
  readonly data: Uint8ClampedArray;
}

/** Writes 4 channels of a raster. */
export type FillPixels = (pixels: Uint8ClampedArray) => void;

/**
 * Pixels for ag-psd that are made when it reads them, one layer's at a time: all of them at once would be four to six
 * copies of the photo.
 */
export class PsdPixels {
  readonly #size: Size;
  #last: { readonly fill: FillPixels; readonly data: Uint8ClampedArray } | undefined;

  constructor(size: Size) {
    this.#size = size;
  }

  of(fill: FillPixels): PixelSource {
    const { width, height } = this.#size;
    const read = () => this.#read(fill);
    return {
      width,
      height,
      get data() {
        return read();
      },
    };
  }

  #read(fill: FillPixels): Uint8ClampedArray {
    if (this.#last?.fill === fill) return this.#last.data;
    const { width, height } = this.#size;
    const data = this.#last?.data ?? new Uint8ClampedArray(width * height * 4);
    fill(data);
    this.#last = { fill, data };
    return data;
  }
}

/** Colours of 3 channels, or of 4 with their alpha unless it is to be ignored. */
export function colourPixels(raster: ByteRaster & { readonly isOpaque?: boolean }): FillPixels {
  const { channels, data, isOpaque = channels === 3 } = raster;
  return (pixels) => {
    for (let to = 0, from = 0; to < pixels.length; to += 4, from += channels) {
      pixels[to] = data[from] as number; // one grid
      pixels[to + 1] = data[from + 1] as number;
      pixels[to + 2] = data[from + 2] as number;
      pixels[to + 3] = isOpaque ? 255 : (data[from + 3] as number);
    }
  };
}

/** Samples of 1 channel as grey; those of 16 bits by their higher 8, rounded. */
export function greyPixels({ data }: ByteRaster | WordRaster): FillPixels {
  const most = data instanceof Uint16Array ? 257 : 1;
  return (pixels) => fillGrey(pixels, (pixel) => (data[pixel] as number) / most); // one grid
}

/** The last channel as grey. */
export function alphaPixels({ channels, data }: ByteRaster): FillPixels {
  return (pixels) => fillGrey(pixels, (pixel) => data[pixel * channels + channels - 1] as number); // one grid
}

function fillGrey(pixels: Uint8ClampedArray, sampleAt: (pixel: number) => number): void {
  for (let to = 0, pixel = 0; to < pixels.length; to += 4, pixel++) {
    const sample = sampleAt(pixel);
    pixels[to] = sample;
    pixels[to + 1] = sample;
    pixels[to + 2] = sample;
    pixels[to + 3] = 255;
  }
}
