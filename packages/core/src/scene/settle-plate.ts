import { localMaximum } from '../neighbourhood.ts';
import {
  assertRaster,
  assertSameSize,
  type ByteRaster,
  byteRaster,
  type FloatRaster,
  floatRaster,
} from '../raster.ts';
import { resizeArea } from '../resize.ts';

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

/**
 * A plate for a scene: 4 channels, opaque. A plate is filled in for some way around the subject, too; in a scene that is
 * seen from the front it is to be the photo, bit for bit, wherever the photo shows background. `plate` and `photo` have 3
 * channels, `hidden` 1: 255 where the photo shows none.
 * @throws DioramaError `INTERNAL` for other channels or sizes
 */
export function settlePlate(plate: ByteRaster, photo: ByteRaster, hidden: ByteRaster): ByteRaster {
  assertRaster(plate, 'a plate', 3);
  assertRaster(photo, 'a photo', 3);
  assertRaster(hidden, 'what hides the background', 1);
  assertSameSize(plate, photo, 'plate and photo');
  assertSameSize(plate, hidden, 'plate and what hides it');
  const { width, height } = plate;
  const shares = plateShares(hidden);
  const { width: columns, height: rows } = shares;
  const places = Float32Array.from({ length: width }, (_, x) => placeOf(x, width, columns));
  const row = new Float32Array(columns + 1);
  const out = byteRaster(plate, 4);
  for (let y = 0, from = 0, to = 0; y < height; y++) {
    readRow(shares, placeOf(y, height, rows), row);
    for (let x = 0; x < width; x++, from += 3, to += 4) {
      const place = places[x] as number; // one for each column
      const cell = place | 0;
      const left = row[cell] as number; // in range, with one more at the end
      const share = left + ((row[cell + 1] as number) - left) * (place - cell);
      if (share === 0) {
        out.data[to] = photo.data[from] as number; // one grid
        out.data[to + 1] = photo.data[from + 1] as number;
        out.data[to + 2] = photo.data[from + 2] as number;
      } else {
        for (let c = 0; c < 3; c++) {
          const seen = photo.data[from + c] as number;
          const fill = plate.data[from + c] as number;
          out.data[to + c] = seen + (fill - seen) * share + 0.5;
        }
      }
      out.data[to + 3] = 255;
    }
  }
  return out;
}

/** Where a pixel's middle lies between the middles of a grid's cells. */
function placeOf(pixel: number, pixels: number, cells: number): number {
  return Math.min(cells - 1, Math.max(0, ((pixel + 0.5) * cells) / pixels - 0.5));
}

/** How much of each cell is the plate's, 0..1. */
function plateShares(hidden: ByteRaster): FloatRaster {
  const factor = Math.min(1, GRID_LONG_SIDE / Math.max(hidden.width, hidden.height));
  const size = {
    width: Math.max(1, Math.round(hidden.width * factor)),
    height: Math.max(1, Math.round(hidden.height * factor)),
  };
  const small = factor < 1 ? resizeArea(hidden, size) : hidden;
  const shares = floatRaster(size, 1);
  for (let i = 0; i < shares.data.length; i++) {
    const share = ((small.data[i] as number) - CLEAR_ALPHA) / (HIDDEN_ALPHA - CLEAR_ALPHA); // one grid
    shares.data[i] = Math.min(1, Math.max(0, share));
  }
  return localMaximum(shares, WIDEN_CELLS);
}

/** A row between those of the grid; its last number stands twice. */
function readRow({ width, height, data }: FloatRaster, at: number, row: Float32Array): void {
  const above = Math.floor(at);
  const below = Math.min(height - 1, above + 1);
  for (let x = 0; x < width; x++) {
    const top = data[above * width + x] as number; // in range, as `at` is
    row[x] = top + ((data[below * width + x] as number) - top) * (at - above);
  }
  row[width] = row[width - 1] as number; // a grid has one column or more
}
