import { localMaximum } from '../neighbourhood.ts';
import { type ByteRaster, type FloatRaster, floatRaster, type Size } from '../raster.ts';
import { resizeArea } from '../resize.ts';
import { sizeWithin } from '../size-within.ts';

/** What hides the background is widened on a grid of this longer side. */
const GRID_LONG_SIDE = 1024;
/** By so many cells, and by the next one, in which it fades: what is mixed at a clean edge lies within. */
const WIDEN_CELLS = 1;
/**
 * Alpha (of 255) up to which the photo shows background enough, and from which on it shows none. Where a matte is unsure,
 * as in fur, the photo's own strands are worth more than a fill of another colour, which would be seen as a line.
 */
const CLEAR_ALPHA = 77;
const HIDDEN_ALPHA = 204;

/** How much of each cell is the plate's and not the photo's, 0..1. `hidden` has 1 channel: 255 where the photo shows no background. */
export function plateShares(hidden: ByteRaster): FloatRaster {
  const size = sizeWithin(hidden, GRID_LONG_SIDE);
  const small = size.width < hidden.width ? resizeArea(hidden, size) : hidden;
  const shares = floatRaster(small, 1);
  for (let i = 0; i < shares.data.length; i++) {
    const share = ((small.data[i] as number) - CLEAR_ALPHA) / (HIDDEN_ALPHA - CLEAR_ALPHA); // one grid
    shares.data[i] = Math.min(1, Math.max(0, share));
  }
  return localMaximum(shares, WIDEN_CELLS);
}

/** Reads a grid at the pixels of a picture, row by row, evenly between the middles of its cells. */
export class SharesReader {
  readonly #grid: FloatRaster;
  readonly #picture: Size;
  readonly #places: Float32Array;
  readonly #row: Float32Array;

  constructor(grid: FloatRaster, picture: Size) {
    this.#grid = grid;
    this.#picture = picture;
    this.#places = Float32Array.from({ length: picture.width }, (_, x) =>
      placeOf(x, picture.width, grid.width),
    );
    this.#row = new Float32Array(grid.width + 1);
  }

  /** Writes the shares of one row of pixels. */
  read(y: number, out: Float32Array): void {
    this.#mixRows(placeOf(y, this.#picture.height, this.#grid.height));
    for (let x = 0; x < out.length; x++) {
      const place = this.#places[x] as number; // one for each column
      const cell = place | 0;
      const left = this.#row[cell] as number; // in range, with one more at the end
      out[x] = left + ((this.#row[cell + 1] as number) - left) * (place - cell);
    }
  }

  /** A row between those of the grid; its last number stands twice. */
  #mixRows(at: number): void {
    const { width, height, data } = this.#grid;
    const row = this.#row;
    const above = Math.floor(at);
    const below = Math.min(height - 1, above + 1);
    for (let x = 0; x < width; x++) {
      const top = data[above * width + x] as number; // in range, as `at` is
      row[x] = top + ((data[below * width + x] as number) - top) * (at - above);
    }
    row[width] = row[width - 1] as number; // a grid has one column or more
  }
}

/** Where a pixel's middle lies between the middles of a grid's cells. */
function placeOf(pixel: number, pixels: number, cells: number): number {
  return Math.min(cells - 1, Math.max(0, ((pixel + 0.5) * cells) / pixels - 0.5));
}
