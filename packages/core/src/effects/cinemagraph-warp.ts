import { type ByteRaster, byteRaster } from '../raster.ts';
import type { FlowGrid } from './flow-strokes.ts';

/** Two moments of the flow that are shown together; `weights` add up to 1. */
export interface WarpPair {
  readonly grid: FlowGrid;
  /** Where colours come from, as shares of the longer side, x and y one after the other for each cell. */
  readonly offsets: readonly [Float32Array, Float32Array];
  readonly weights: readonly [number, number];
  /** How much may move, 0..255. */
  readonly hold?: ByteRaster | undefined;
  /** Cells in which the layer's edge may move. */
  readonly free?: Uint8Array | undefined;
  /** Mean colours of cells, 3 channels. */
  readonly means: Float32Array;
}

/** Offsets below so much of a pixel are none. */
const LEAST_OFFSET = 1 / 256;
/** Two pictures that differ lose contrast where they are mixed: it is given back to this power, 0.5 where they have nothing in common. */
const CONTRAST_POWER = 0.3;
/** Moments are as good as different pictures where they are so far apart, as a share of the longer side. */
const APART = 0.006;

/**
 * A layer with its colours carried along, 4 channels. What does not move stays sample for sample; alpha moves where an edge is
 * free, and nowhere else. Over the picture's border it is mirrored.
 */
export function warpLayer(layer: ByteRaster, pair: WarpPair): ByteRaster {
  const { width, height, data } = layer;
  const { grid, weights, hold, free, means } = pair;
  // A plate is, and then colours need not be weighed by alpha.
  const isOpaque = free === undefined;
  const { columns, rows } = grid;
  const out = byteRaster(layer, 4);
  out.data.set(data);
  const [first, second] = pair.offsets;
  const [share, rest] = weights;
  const longer = Math.max(width, height);
  // A small picture has fewer pixels than cells, and cells without a mean.
  const gain =
    longer < 2 * Math.max(columns, rows) ? 0 : (share * share + rest * rest) ** -CONTRAST_POWER - 1;
  // One row of cells between two: ax, ay, bx, by, and the mean colour.
  const line = new Float32Array(columns * 7);
  const cellsAcross = columns / width;
  const taken = new Float32Array(8);
  const { lefts, parts, holdColumns } = columnTables(width, columns, hold);

  for (let y = 0; y < height; y++) {
    const row = Math.min(rows - 1, Math.max(0, ((y + 0.5) * rows) / height - 0.5));
    const top = Math.floor(row);
    const below = top + 1 < rows ? columns : 0;
    if (!mixLine(line, first, second, means, top * columns, below, row - top, columns, longer)) {
      continue;
    }
    const freeRow = Math.min(rows - 1, Math.floor((y * rows) / height)) * columns;
    const holdRow = hold ? Math.floor((y * hold.height) / height) * hold.width : 0;
    for (let x = 0; x < width; x++) {
      const from = lefts[x] as number; // one for each column
      const to = from + 7 < line.length ? from + 7 : from;
      const part = parts[x] as number;
      // In range by the clamps.
      let ax = line[from] as number;
      let ay = line[from + 1] as number;
      let bx = line[from + 2] as number;
      let by = line[from + 3] as number;
      ax += ((line[to] as number) - ax) * part;
      ay += ((line[to + 1] as number) - ay) * part;
      bx += ((line[to + 2] as number) - bx) * part;
      by += ((line[to + 3] as number) - by) * part;
      if (hold) {
        const moves = hold.data[holdRow + (holdColumns[x] as number)] as number;
        if (moves === 0) continue;
        if (moves < 255) {
          const keep = moves / 255;
          ax *= keep;
          ay *= keep;
          bx *= keep;
          by *= keep;
        }
      }
      // Not worth a sample, or not the picture's own.
      if (
        Math.abs(ax) < LEAST_OFFSET &&
        Math.abs(ay) < LEAST_OFFSET &&
        Math.abs(bx) < LEAST_OFFSET &&
        Math.abs(by) < LEAST_OFFSET
      ) {
        continue;
      }
      const pixel = (y * width + x) * 4;
      const alpha = data[pixel + 3] as number;
      const isFree = free ? free[freeRow + Math.floor(x * cellsAcross)] === 1 : false;
      if (alpha < 250 && !isFree) continue;
      if (isOpaque) {
        sampleOpaque(taken, 0, layer, x + ax, y + ay);
        sampleOpaque(taken, 4, layer, x + bx, y + by);
      } else {
        sampleInto(taken, 0, layer, x + ax, y + ay);
        sampleInto(taken, 4, layer, x + bx, y + by);
      }
      const total = (taken[3] as number) * share + (taken[7] as number) * rest;
      if (total < 0.5) {
        if (isFree) out.data[pixel + 3] = 0;
        continue;
      }
      const per = 1 / total;
      const apart = (Math.abs(ax - bx) + Math.abs(ay - by)) / (APART * longer);
      // A mean is that of a whole cell, which says little at a transparent place.
      const more = total > 250 ? gain * (apart < 1 ? apart : 1) : 0;
      for (let c = 0; c < 3; c++) {
        const mixed = ((taken[c] as number) * share + (taken[4 + c] as number) * rest) * per;
        const meanLeft = line[from + 4 + c] as number;
        const mean = meanLeft + ((line[to + 4 + c] as number) - meanLeft) * part;
        const value = mixed + (mixed - mean) * more + 0.5;
        out.data[pixel + c] = value <= 0 ? 0 : value >= 255 ? 255 : value;
      }
      if (isFree) out.data[pixel + 3] = total + 0.5;
    }
  }
  return out;
}

/** For each column of pixels the cell to its left, as a place in a line, how far it is on, and the column of the mask. */
function columnTables(width: number, columns: number, hold: ByteRaster | undefined) {
  const lefts = new Int32Array(width);
  const parts = new Float32Array(width);
  const holdColumns = new Int32Array(width);
  for (let x = 0; x < width; x++) {
    const at = ((x + 0.5) * columns) / width - 0.5;
    const column = at <= 0 ? 0 : at >= columns - 1 ? columns - 1 : at;
    lefts[x] = Math.floor(column) * 7;
    parts[x] = column - Math.floor(column);
    holdColumns[x] = hold ? Math.floor((x * hold.width) / width) : 0;
  }
  return { lefts, parts, holdColumns };
}

/** Mixes two rows of cells, offsets in pixels; whether anything moves there. */
function mixLine(
  line: Float32Array,
  a: Float32Array,
  b: Float32Array,
  means: Float32Array,
  top: number,
  below: number,
  share: number,
  columns: number,
  longer: number,
): boolean {
  let moves = false;
  for (let column = 0, to = 0; column < columns; column++, to += 7) {
    const cell = (top + column) * 2;
    const next = cell + below * 2;
    // One grid.
    const ax = mix(a[cell] as number, a[next] as number, share) * longer;
    const ay = mix(a[cell + 1] as number, a[next + 1] as number, share) * longer;
    const bx = mix(b[cell] as number, b[next] as number, share) * longer;
    const by = mix(b[cell + 1] as number, b[next + 1] as number, share) * longer;
    line[to] = ax;
    line[to + 1] = ay;
    line[to + 2] = bx;
    line[to + 3] = by;
    if (ax !== 0 || ay !== 0 || bx !== 0 || by !== 0) moves = true;
    const mean = (top + column) * 3;
    const nextMean = mean + below * 3;
    for (let c = 0; c < 3; c++) {
      line[to + 4 + c] = mix(means[mean + c] as number, means[nextMean + c] as number, share);
    }
  }
  return moves;
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** The colour between four opaque pixels, as `sampleInto` gives it. */
function sampleOpaque(
  out: Float32Array,
  to: number,
  { width, height, data }: ByteRaster,
  x: number,
  y: number,
): void {
  const px = x >= 0 && x < width - 1 ? x : mirror(x, width - 1);
  const py = y >= 0 && y < height - 1 ? y : mirror(y, height - 1);
  const left = px | 0;
  const top = py | 0;
  const sx = px - left;
  const sy = py - top;
  const p00 = (top * width + left) * 4;
  const p01 = left + 1 < width ? p00 + 4 : p00;
  const down = top + 1 < height ? width * 4 : 0;
  const p10 = p00 + down;
  const p11 = p01 + down;
  // In range by the mirror; alpha is 255 everywhere.
  const w11 = sx * sy * 255;
  const w01 = sx * 255 - w11;
  const w10 = sy * 255 - w11;
  const w00 = 255 - w01 - w10 - w11;
  for (let c = 0; c < 3; c++) {
    out[to + c] =
      (data[p00 + c] as number) * w00 +
      (data[p01 + c] as number) * w01 +
      (data[p10 + c] as number) * w10 +
      (data[p11 + c] as number) * w11;
  }
  out[to + 3] = 255;
}

/** The premultiplied colour (0..255) and alpha between four pixels. */
function sampleInto(out: Float32Array, to: number, layer: ByteRaster, x: number, y: number): void {
  const { width, height, data } = layer;
  const px = mirror(x, width - 1);
  const py = mirror(y, height - 1);
  const left = Math.floor(px);
  const top = Math.floor(py);
  const sx = px - left;
  const sy = py - top;
  const p00 = (top * width + left) * 4;
  const p01 = left + 1 < width ? p00 + 4 : p00;
  const down = top + 1 < height ? width * 4 : 0;
  const p10 = p00 + down;
  const p11 = p01 + down;
  // In range by the mirror.
  const w00 = (1 - sx) * (1 - sy) * (data[p00 + 3] as number);
  const w01 = sx * (1 - sy) * (data[p01 + 3] as number);
  const w10 = (1 - sx) * sy * (data[p10 + 3] as number);
  const w11 = sx * sy * (data[p11 + 3] as number);
  for (let c = 0; c < 3; c++) {
    out[to + c] =
      (data[p00 + c] as number) * w00 +
      (data[p01 + c] as number) * w01 +
      (data[p10 + c] as number) * w10 +
      (data[p11 + c] as number) * w11;
  }
  out[to + 3] = w00 + w01 + w10 + w11;
}

function mirror(value: number, last: number): number {
  if (value >= 0 && value <= last) return value;
  if (last <= 0) return 0;
  const turned = Math.abs(value) % (2 * last);
  return turned <= last ? turned : 2 * last - turned;
}
