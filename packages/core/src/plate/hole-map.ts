import type { ByteRaster, Size } from '../raster.ts';
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
}

/** A pixel of more alpha than this (of 255) belongs to the hole. */
const ALPHA_LIMIT = 16;
/** Longest side of the working grid in cells. */
const LONG_SIDE = 512;
/** Cells that the patch search may fill; a larger hole is worked on a smaller grid. */
const HOLE_CELLS = 26_000;
const SHORTEST_LONG_SIDE = 128;
/**
 * Width of the band around the subject that is filled too, as a share of the long side: an imperfect matte leaves a
 * glow of the subject there, which would stay as a ghost and spread as texture.
 */
const BAND_SHARE = 0.013;
const MIN_BAND_CELLS = 3;

/** Finds the cells to fill and chooses the working grid, whose size depends on the hole's, so that the cost is bound. */
export function mapHole(matte: ByteRaster): HoleMap | undefined {
  const size = gridSize(matte, LONG_SIDE);
  const subject = markSubject(matte, size);
  if (!subject.includes(1)) return undefined;
  const whole = widen(subject, size);
  if (whole.cells <= HOLE_CELLS) return whole;
  const side = Math.max(size.width, size.height) * Math.sqrt(HOLE_CELLS / whole.cells);
  const smaller = gridSize(matte, Math.max(SHORTEST_LONG_SIDE, Math.floor(side)));
  return widen(regrid(subject, size, smaller), smaller);
}

function gridSize(photo: Size, longSide: number): Size {
  const scale = Math.min(1, longSide / Math.max(photo.width, photo.height));
  return {
    width: Math.max(1, Math.round(photo.width * scale)),
    height: Math.max(1, Math.round(photo.height * scale)),
  };
}

/** 1 for each cell with a subject pixel in it. Four clear pixels are passed at a time. */
function markSubject(matte: ByteRaster, grid: Size): Uint8Array {
  const { width, height, data } = matte;
  const marks = new Uint8Array(grid.width * grid.height);
  const columns = new Uint16Array(width);
  for (let x = 0; x < width; x++) columns[x] = Math.floor((x * grid.width) / width);
  const words =
    data.byteOffset % 4 === 0
      ? new Uint32Array(data.buffer, data.byteOffset, data.length >> 2)
      : undefined;
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * grid.height) / height) * grid.width;
    const start = y * width;
    for (let x = 0; x < width; x++) {
      const i = start + x;
      if (words !== undefined && (i & 3) === 0 && x + 4 <= width && words[i >> 2] === 0) {
        x += 3;
        continue;
      }
      if ((data[i] ?? 0) > ALPHA_LIMIT) marks[row + (columns[x] ?? 0)] = 1;
    }
  }
  return marks;
}

function regrid(marks: Uint8Array, from: Size, to: Size): Uint8Array {
  const out = new Uint8Array(to.width * to.height);
  for (let y = 0; y < from.height; y++) {
    const row = Math.floor((y * to.height) / from.height) * to.width;
    for (let x = 0; x < from.width; x++) {
      if (marks[y * from.width + x] === 1) out[row + Math.floor((x * to.width) / from.width)] = 1;
    }
  }
  return out;
}

/** Adds the band; where nothing would stay known, the subject alone. */
function widen(subject: Uint8Array, size: Size): HoleMap {
  const { width, height } = size;
  const away = borderDistance(subject, width, height, 0);
  const band = Math.max(MIN_BAND_CELLS, Math.round(BAND_SHARE * Math.max(width, height)));
  let hole = new Uint8Array(subject.length);
  let cells = 0;
  for (let i = 0; i < hole.length; i++) {
    if ((away[i] ?? 0) <= band) {
      hole[i] = 1;
      cells++;
    }
  }
  if (cells === hole.length) {
    hole = subject.slice();
    cells = 0;
    for (let i = 0; i < hole.length; i++) cells += hole[i] ?? 0;
  }
  return { width, height, hole, distance: borderDistance(hole, width, height, 1), cells };
}
