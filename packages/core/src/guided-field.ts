import { type GuideStatistics, guidedSlopes, type SlopeOptions } from './guided-filter.ts';
import { localMaximum, localMinimum } from './neighbourhood.ts';
import {
  assertRaster,
  type ByteRaster,
  type FloatRaster,
  floatRaster,
  type Size,
} from './raster.ts';
import { footprintStarts, splineRow, splineWalk } from './spline-field.ts';

/** How a model-sized plane is turned into a field that can be read at the photo's size. */
export interface GuidedFieldOptions extends SlopeOptions {
  /** How much of the photo's detail beyond the model's size comes through, 0..1. */
  readonly detail: number;
  /** Share of the Laplacian taken off the plane, against its own blur and the B-spline's (1/8 undoes that). */
  readonly unblur: number;
  /** The result stays within the plane's own values this many pixels around, at least 1: no halo, no echo of texture. */
  readonly reach: number;
  /** Steepens 0..1 by so much at either end: what lies within `contrast` of an end becomes that end. 0 for none. */
  readonly contrast: number;
  /** What 1 in the plane becomes in the result, such as 255. */
  readonly scale: number;
}

/** A plane at model size with all that is needed to read it at the photo's size. */
export interface GuidedField {
  /** 6 channels: slope by red, green and blue 0..255, offset, lower and upper bound. */
  readonly samples: FloatRaster;
  /** 1 channel: the offsets once more, packed, for where nothing else is needed. */
  readonly offsets: FloatRaster;
  /** What each pixel's surroundings ask for: one of {@link FLAT}, {@link SMOOTH}, {@link GUIDED}. */
  readonly kinds: Uint8Array;
}

/** Running sums leave dust where there is no slope: less than a hundredth of a step of the result is none. */
const LEAST_SLOPE = 0.01 / 255;

const CHANNELS = 6;
const OFFSET = 3;
const LOW = 4;
const HIGH = 5;

/** Kinds of surroundings, the more demanding the larger. Flat: all the same value. */
export const FLAT = 0;
/** No slope: the photo is not looked at. */
export const SMOOTH = 1;
/** The photo's colours count. */
export const GUIDED = 2;

/**
 * Prepares a plane (1 channel, 0..1, model size) for enlarging along the edges of a photo, which
 * `statistics` describe at the plane's size.
 *
 * This is the fast guided filter (He & Sun 2015, arXiv 1505.00996) with one change: its slopes carry only the
 * detail that the photo has beyond its own model-sized copy, and the plane itself carries the rest. The plain
 * filter replaces the model's answer by a local fit, and thin parts get lost; here the area average of the result
 * stays what the model said.
 */
export function guidedField(
  plane: FloatRaster,
  statistics: GuideStatistics,
  options: GuidedFieldOptions,
): GuidedField {
  assertRaster(plane, 'a plane to enlarge', 1);
  const { width, height, data } = plane;
  const { guide } = statistics;
  const slopes = guidedSlopes(statistics, plane, options).data;
  const low = localMinimum(plane, options.reach).data;
  const high = localMaximum(plane, options.reach).data;
  const samples = floatRaster(plane, CHANNELS);
  const offsets = floatRaster(plane, 1);
  const own = new Uint8Array(width * height);
  const { contrast, scale, unblur } = options;
  const gain = scale / (1 - 2 * contrast);
  const lean = options.detail * gain;
  for (let y = 0, i = 0, s = 0, t = 0; y < height; y++) {
    const up = y > 0 ? width : 0;
    const down = y < height - 1 ? width : 0;
    for (let x = 0; x < width; x++, i++, s += 3, t += CHANNELS) {
      const here = data[i] ?? 0;
      const beside = (data[x > 0 ? i - 1 : i] ?? 0) + (data[x < width - 1 ? i + 1 : i] ?? 0);
      const around = beside + (data[i - up] ?? 0) + (data[i + down] ?? 0);
      const r = (slopes[s] ?? 0) * lean;
      const g = (slopes[s + 1] ?? 0) * lean;
      const b = (slopes[s + 2] ?? 0) * lean;
      const seen =
        r * (guide.data[s] ?? 0) + g * (guide.data[s + 1] ?? 0) + b * (guide.data[s + 2] ?? 0);
      samples.data[t] = r;
      samples.data[t + 1] = g;
      samples.data[t + 2] = b;
      const isSloped = Math.abs(r) + Math.abs(g) + Math.abs(b) > LEAST_SLOPE;
      const value = (here - unblur * (around - 4 * here) - contrast) * gain;
      // Where nothing else holds it, the offset itself stays in range, and so does the B-spline between offsets.
      const offset = isSloped ? value - seen : Math.min(scale, Math.max(0, value));
      own[i] = isSloped ? GUIDED : low[i] === high[i] ? FLAT : SMOOTH;
      samples.data[t + OFFSET] = offset;
      offsets.data[i] = offset;
      samples.data[t + LOW] = (low[i] ?? 0) * scale;
      samples.data[t + HIGH] = (high[i] ?? 0) * scale;
    }
  }
  return { samples, offsets, kinds: spreadKinds(own, plane) };
}

/** The most demanding kind among each pixel and its eight neighbours, all of which the B-spline reads. */
function spreadKinds(own: Uint8Array, { width, height }: Size): Uint8Array {
  const across = new Uint8Array(own.length);
  const kinds = new Uint8Array(own.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      let kind = own[i] ?? FLAT;
      if (x > 0) kind = Math.max(kind, own[i - 1] ?? FLAT);
      if (x < width - 1) kind = Math.max(kind, own[i + 1] ?? FLAT);
      across[i] = kind;
    }
  }
  for (let y = 0, i = 0; y < height; y++) {
    const up = y > 0 ? width : 0;
    const down = y < height - 1 ? width : 0;
    for (let x = 0; x < width; x++, i++) {
      const beside = Math.max(across[i - up] ?? FLAT, across[i + down] ?? FLAT);
      kinds[i] = Math.max(across[i] ?? FLAT, beside);
    }
  }
  return kinds;
}

/** Where the run of columns of one kind that begins at `from` of a row ends. */
export function endOfRun({ kinds, samples }: GuidedField, fieldRow: number, from: number): number {
  const base = fieldRow * samples.width;
  const kind = kinds[base + from];
  let to = from + 1;
  while (to < samples.width && kinds[base + to] === kind) to++;
  return to;
}

/** The value that a field has all over a pixel, if it is flat there. */
export function flatValue(
  { kinds, samples }: GuidedField,
  fieldRow: number,
  column: number,
): number | undefined {
  const i = fieldRow * samples.width + column;
  return kinds[i] === FLAT ? samples.data[i * CHANNELS + LOW] : undefined;
}

/** Reads a field at the photo's size, a row or a part of one at a time. */
export interface FieldReader {
  readonly field: GuidedField;
  readonly photo: ByteRaster;
  /** Columns of the field `j` lie under the photo's pixels `columnStarts[j]` up to `columnStarts[j + 1]`. */
  readonly columnStarts: Int32Array;
  readonly rowStarts: Int32Array;
  readonly row: Float64Array;
  readonly walk: Float64Array;
}

/** Scratch space and tables to read one field over one photo (3 channels). */
export function fieldReader(field: GuidedField, photo: ByteRaster): FieldReader {
  assertRaster(photo, 'a photo', 3);
  const { width, height } = field.samples;
  return {
    field,
    photo,
    columnStarts: footprintStarts(width, photo.width),
    rowStarts: footprintStarts(height, photo.height),
    row: new Float64Array((width + 2) * CHANNELS),
    walk: new Float64Array(width * CHANNELS * 3),
  };
}

/**
 * Writes the field's values, rounded, over columns `from..to - 1` of its row `fieldRow` at the photo's row `y` into
 * `target`, in which the photo's row begins at `offset`. Values run from 0 to the field's scale, without exception.
 */
export function readField(
  reader: FieldReader,
  fieldRow: number,
  y: number,
  from: number,
  to: number,
  target: Uint16Array,
  offset: number,
): void {
  const { field, photo, columnStarts, row, walk } = reader;
  const { kinds, offsets, samples } = field;
  const at = ((y + 0.5) * samples.height) / photo.height;
  const pixelStep = samples.width / photo.width;
  const base = fieldRow * samples.width;
  let j = from;
  while (j < to) {
    const kind = kinds[base + j] ?? FLAT;
    const start = j;
    j = Math.min(to, endOfRun(field, fieldRow, start));
    if (kind === FLAT) {
      // Flat neighbours share a constant: their surroundings overlap.
      const value = samples.data[(base + start) * CHANNELS + LOW] ?? 0;
      const end = offset + (columnStarts[j] ?? 0);
      target.fill(value + 0.5, offset + (columnStarts[start] ?? 0), end);
      continue;
    }
    if (kind === GUIDED) {
      splineRow(samples, at, start, j, row);
      splineWalk(row, CHANNELS, start, j, columnStarts, pixelStep, walk);
      guidedRun(walk, start, j, columnStarts, photo.data, y * photo.width, target, offset);
    } else {
      splineRow(offsets, at, start, j, row);
      splineWalk(row, 1, start, j, columnStarts, pixelStep, walk);
      smoothRun(walk, start, j, columnStarts, target, offset);
    }
  }
}

function smoothRun(
  walk: Float64Array,
  from: number,
  to: number,
  starts: Int32Array,
  target: Uint16Array,
  offset: number,
): void {
  for (let j = from; j < to; j++) {
    const w = j * 3;
    let value = (walk[w] ?? 0) + 0.5;
    let rise = walk[w + 1] ?? 0;
    const bend = walk[w + 2] ?? 0;
    const end = offset + (starts[j + 1] ?? 0);
    for (let i = offset + (starts[j] ?? 0); i < end; i++) {
      target[i] = value;
      value += rise;
      rise += bend;
    }
  }
}

function guidedRun(
  walk: Float64Array,
  from: number,
  to: number,
  starts: Int32Array,
  colours: Uint8Array,
  colourOffset: number,
  target: Uint16Array,
  offset: number,
): void {
  for (let j = from; j < to; j++) {
    const w = j * CHANNELS * 3;
    let r = walk[w] ?? 0;
    let r1 = walk[w + 1] ?? 0;
    const r2 = walk[w + 2] ?? 0;
    let g = walk[w + 3] ?? 0;
    let g1 = walk[w + 4] ?? 0;
    const g2 = walk[w + 5] ?? 0;
    let b = walk[w + 6] ?? 0;
    let b1 = walk[w + 7] ?? 0;
    const b2 = walk[w + 8] ?? 0;
    let rest = walk[w + 9] ?? 0;
    let rest1 = walk[w + 10] ?? 0;
    const rest2 = walk[w + 11] ?? 0;
    let low = walk[w + 12] ?? 0;
    let low1 = walk[w + 13] ?? 0;
    const low2 = walk[w + 14] ?? 0;
    let high = walk[w + 15] ?? 0;
    let high1 = walk[w + 16] ?? 0;
    const high2 = walk[w + 17] ?? 0;
    const start = starts[j] ?? 0;
    const end = starts[j + 1] ?? 0;
    for (let x = start, c = (colourOffset + start) * 3; x < end; x++, c += 3) {
      const colour = r * (colours[c] ?? 0) + g * (colours[c + 1] ?? 0) + b * (colours[c + 2] ?? 0);
      let value = colour + rest;
      if (value < low) value = low;
      if (value > high) value = high;
      target[offset + x] = value + 0.5;
      r += r1;
      r1 += r2;
      g += g1;
      g1 += g2;
      b += b1;
      b1 += b2;
      rest += rest1;
      rest1 += rest2;
      low += low1;
      low1 += low2;
      high += high1;
      high1 += high2;
    }
  }
}
