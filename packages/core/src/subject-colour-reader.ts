import type { ByteRaster } from './raster.ts';
import type { LayerColours } from './subject-colour-levels.ts';

/**
 * Reads both colours of a photo's mixed pixels, row by row, from the estimate at reduced size.
 *
 * What the estimate says there, F and B, is smooth; the pixel's own colour I is not. The difference
 * `I - aF - (1-a)B` is shared out so that the mixing equation holds again with the least change of both: F gets
 * `a / (a^2 + (1-a)^2)` of it, B `(1-a) / (a^2 + (1-a)^2)`. It is the step of Germer et al. 2020 for one pixel whose
 * neighbours all say what the estimate says.
 */
export interface MixedColourReader {
  readonly colours: LayerColours;
  readonly photo: ByteRaster;
  /** For each column of the photo, the sample of `line` to the left of it, and the share of the one to the right. */
  readonly columns: Int32Array;
  readonly parts: Float32Array;
  /** Where the open row lies: the first samples of the estimate's lines above and below, the share of the lower. */
  readonly row: { upper: number; lower: number; part: number };
  /** The estimate in the open row, cell by cell: subject's then background's colour. Filled where a run is read. */
  readonly line: Float32Array;
}

const CELL = 6;

export function mixedColourReader(colours: LayerColours, photo: ByteRaster): MixedColourReader {
  const columns = new Int32Array(photo.width);
  const parts = new Float32Array(photo.width);
  for (let x = 0; x < photo.width; x++) {
    const at = place(x, photo.width, colours.width);
    columns[x] = (at | 0) * CELL;
    parts[x] = at - (at | 0);
  }
  const line = new Float32Array((colours.width + 1) * CELL);
  return { colours, photo, columns, parts, line, row: { upper: 0, lower: 0, part: 0 } };
}

/** Where the middle of pixel `at` of `length` lies on a side of `cells` cells; pixels at the ends take the last cell. */
function place(at: number, length: number, cells: number): number {
  return Math.min(cells - 1, Math.max(0, ((at + 0.5) * cells) / length - 0.5));
}

/** Makes a row of the photo the one that is read. */
export function openMixedRow(reader: MixedColourReader, y: number): void {
  const { colours, row } = reader;
  const at = place(y, reader.photo.height, colours.height);
  row.upper = (at | 0) * colours.width * 3;
  row.lower = Math.min(colours.height - 1, (at | 0) + 1) * colours.width * 3;
  row.part = at - (at | 0);
}

/** Mixes the cells `from` to `to`, both counted in, of the two lines that the open row lies between. */
function mixCells({ colours, line, row }: MixedColourReader, from: number, to: number): void {
  const { foreground, background, width } = colours;
  const { upper, lower, part } = row;
  for (let k = from, o = from * CELL; k <= to; k++, o += CELL) {
    // One cell beyond the last is a rim that repeats it.
    const i = Math.min(k, width - 1) * 3;
    for (let c = 0; c < 3; c++) {
      const f = foreground[upper + i + c] ?? 0;
      const b = background[upper + i + c] ?? 0;
      line[o + c] = f + part * ((foreground[lower + i + c] ?? 0) - f);
      line[o + 3 + c] = b + part * ((background[lower + i + c] ?? 0) - b);
    }
  }
}

/**
 * Reads the subject's colours of a run of mixed pixels of the open row: columns `from` to `to`, the first of which is
 * pixel `i` of the photo. `target` gets 3 samples per pixel, counted from the run's first;
 * its kind of array rounds and clamps by itself.
 */
export function readSubject(
  reader: MixedColourReader,
  alphas: Uint8Array,
  from: number,
  to: number,
  i: number,
  target: Uint8ClampedArray,
): void {
  readRun(reader, alphas, from, to, i, target, true);
}

/** Reads the background's colours of such a run. */
export function readBackground(
  reader: MixedColourReader,
  alphas: Uint8Array,
  from: number,
  to: number,
  i: number,
  target: Uint8ClampedArray,
): void {
  readRun(reader, alphas, from, to, i, target, false);
}

/** What a layer gets of the difference, by its share of the pixel in 255ths. */
const GAINS = Float32Array.from({ length: 256 }, (_, own) => {
  const share = own / 255;
  return share / (share * share + (1 - share) * (1 - share));
});

function readRun(
  reader: MixedColourReader,
  alphas: Uint8Array,
  from: number,
  to: number,
  i: number,
  target: Uint8ClampedArray,
  isSubject: boolean,
): void {
  const { line, columns, parts } = reader;
  const photo = reader.photo.data;
  const offset = isSubject ? 0 : 3;
  mixCells(reader, (columns[from] ?? 0) / CELL, (columns[to - 1] ?? 0) / CELL + 1);
  for (let x = from, p = i * 3, t = 0; x < to; ) {
    const cell = columns[x] ?? 0;
    const k = cell + offset;
    const o = cell + 3 - offset;
    // Within a cell both colours change evenly from pixel to pixel.
    const u = parts[x] ?? 0;
    const du = x + 1 < to && columns[x + 1] === cell ? (parts[x + 1] ?? 0) - u : 0;
    const r1 = (line[k + CELL] ?? 0) - (line[k] ?? 0);
    const g1 = (line[k + CELL + 1] ?? 0) - (line[k + 1] ?? 0);
    const b1 = (line[k + CELL + 2] ?? 0) - (line[k + 2] ?? 0);
    const or1 = (line[o + CELL] ?? 0) - (line[o] ?? 0);
    const og1 = (line[o + CELL + 1] ?? 0) - (line[o + 1] ?? 0);
    const ob1 = (line[o + CELL + 2] ?? 0) - (line[o + 2] ?? 0);
    let r = (line[k] ?? 0) + u * r1;
    let g = (line[k + 1] ?? 0) + u * g1;
    let b = (line[k + 2] ?? 0) + u * b1;
    let or = (line[o] ?? 0) + u * or1;
    let og = (line[o + 1] ?? 0) + u * og1;
    let ob = (line[o + 2] ?? 0) + u * ob1;
    for (; x < to && columns[x] === cell; x++, p += 3, t += 3) {
      const byte = alphas[i + x - from] ?? 0;
      const own = isSubject ? byte : 255 - byte;
      const gain = GAINS[own] ?? 0;
      const mine = own * (1 / 255);
      const rest = 1 - mine;
      target[t] = r + gain * ((photo[p] ?? 0) - mine * r - rest * or);
      target[t + 1] = g + gain * ((photo[p + 1] ?? 0) - mine * g - rest * og);
      target[t + 2] = b + gain * ((photo[p + 2] ?? 0) - mine * b - rest * ob);
      r += du * r1;
      g += du * g1;
      b += du * b1;
      or += du * or1;
      og += du * og1;
      ob += du * ob1;
    }
  }
}
