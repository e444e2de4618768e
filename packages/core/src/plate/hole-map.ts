import { wordView } from '../matte-words.ts';
import type { ByteRaster, Size } from '../raster.ts';
import { sizeWithin } from '../size-within.ts';
import { borderDistance } from './border-distance.ts';

/** The place to fill, on the working grid of cells. */
export interface HoleMap {
  readonly width: number;
  readonly height: number;
  /** 1 where a cell is to be filled: where the subject is, and a band around it. */
  readonly hole: Uint8Array;
  /** Distance in cells from the known part, 0 outside the hole. */
  readonly distance: Float32Array;
  readonly cells: number;
  /** Whether the hole has its band. Without one no texture is to be had: next to nothing is known. */
  readonly isBanded: boolean;
  /** 0..1 per cell: how much of the fill shows; 0 outside the hole and at its rim. */
  readonly share: Float32Array;
}

/**
 * A pixel of more alpha than this (of 255) belongs to the hole. Thinner parts, such as a veil or the ends of hair, show
 * enough of the background to estimate it, unless they lie within the band.
 */
export const SOLID_ALPHA = 88;
/** Longest side of the working grid in cells. */
const LONG_SIDE = 512;
/** Cells that the patch search may fill; a larger hole is worked on a smaller grid. */
const HOLE_CELLS = 15_000;
const SHORTEST_LONG_SIDE = 128;
/**
 * Width of the band around the subject that the fill covers wholly, as a share of the long side: an imperfect matte
 * leaves a glow of the subject there, which would stay as a ghost and spread as texture.
 */
const BAND_SHARE = 0.009;
const MIN_BAND_CELLS = 1.5;
/** Cells of the hole's rim that do not show at all: more than a diagonal step, so that nothing is written outside. */
const HIDDEN_CELLS = 1.4;
/** Cells over which the fill then fades in. */
const FADE_CELLS = 2.6;

/** Without a band: cells around the hole that the fill covers, so that it does not fade over the subject itself. */
const COVERED_CELLS = 1.5;

/** Finds the cells to fill and chooses the working grid, whose size depends on the hole's, so that the cost is bound. */
export function mapHole(matte: ByteRaster): HoleMap | undefined {
  const size = sizeWithin(matte, LONG_SIDE);
  const subject = markSubject(matte, size);
  if (!subject.includes(1)) return undefined;
  const whole = widen(subject, size);
  if (whole.cells <= HOLE_CELLS || !whole.isBanded) return whole;
  const side = Math.max(size.width, size.height) * Math.sqrt(HOLE_CELLS / whole.cells);
  const smaller = sizeWithin(matte, Math.max(SHORTEST_LONG_SIDE, Math.floor(side)));
  return widen(regrid(subject, size, smaller), smaller);
}

/** 1 for each cell with a solid subject pixel in it. Four pixels that are all clear, or all opaque, are passed at a time. */
function markSubject(matte: ByteRaster, grid: Size): Uint8Array {
  const { width, height, data } = matte;
  const marks = new Uint8Array(grid.width * grid.height);
  const columns = new Uint16Array(width);
  for (let x = 0; x < width; x++) columns[x] = Math.floor((x * grid.width) / width);
  const words = wordView(data);
  const isWide = width >= 4 * grid.width;
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * grid.height) / height) * grid.width;
    const start = y * width;
    for (let x = 0; x < width; x++) {
      const i = start + x;
      if (words !== undefined && (i & 3) === 0 && x + 4 <= width) {
        const word = words[i >> 2] ?? 0;
        if (word === 0) {
          x += 3;
          continue;
        }
        if (word === 0xffffffff && isWide) {
          marks[row + (columns[x] ?? 0)] = 1;
          marks[row + (columns[x + 3] ?? 0)] = 1;
          x += 3;
          continue;
        }
      }
      if ((data[i] ?? 0) > SOLID_ALPHA) marks[row + (columns[x] ?? 0)] = 1;
    }
  }
  return marks;
}

/** Marks on a smaller grid each cell that a marked one reaches into, so that no part of the subject is left out. */
function regrid(marks: Uint8Array, from: Size, to: Size): Uint8Array {
  const out = new Uint8Array(to.width * to.height);
  for (let y = 0; y < from.height; y++) {
    const top = Math.floor((y * to.height) / from.height) * to.width;
    const bottom = Math.floor(((y + 1) * to.height - 1) / from.height) * to.width;
    for (let x = 0; x < from.width; x++) {
      if (marks[y * from.width + x] !== 1) continue;
      const left = Math.floor((x * to.width) / from.width);
      const right = Math.floor(((x + 1) * to.width - 1) / from.width);
      out[top + left] = out[top + right] = out[bottom + left] = out[bottom + right] = 1;
    }
  }
  return out;
}

/** Adds the band and the fade; where nothing would stay known, the subject alone is the hole. */
function widen(subject: Uint8Array, size: Size): HoleMap {
  const { width, height } = size;
  const away = borderDistance(subject, width, height, 0);
  const band = Math.max(MIN_BAND_CELLS, BAND_SHARE * Math.max(width, height));
  let reach = band + HIDDEN_CELLS + FADE_CELLS;
  let cells = countWithin(away, reach);
  if (cells === subject.length) {
    reach = 0;
    cells = countWithin(away, 0);
  }
  const hole = new Uint8Array(subject.length);
  for (let i = 0; i < hole.length; i++) hole[i] = (away[i] ?? 0) <= reach ? 1 : 0;
  const distance = borderDistance(hole, width, height, 1);
  const share = new Float32Array(hole.length);
  for (let i = 0; i < share.length; i++) {
    const inner = ((distance[i] ?? 0) - HIDDEN_CELLS) / FADE_CELLS;
    const isCovered = (away[i] ?? 0) <= COVERED_CELLS;
    share[i] = reach === 0 ? Number(isCovered) : Math.min(1, Math.max(0, inner));
  }
  return { width, height, hole, distance, cells, isBanded: reach > 0, share };
}

function countWithin(away: Float32Array, reach: number): number {
  let count = 0;
  for (let i = 0; i < away.length; i++) if ((away[i] ?? 0) <= reach) count++;
  return count;
}
