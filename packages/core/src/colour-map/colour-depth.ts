import { assertRaster, type ByteRaster, byteRaster, type WordRaster } from '../raster.ts';

/** Samples of depth are words. */
const NEAREST = 65_535;

export interface ColourDepthOptions {
  /** How many steps of depth have a line between them; none if absent. */
  readonly contours?: number | undefined;
  /** Of the lines, in pixels of the depth. */
  readonly lineWidthPx?: number | undefined;
}

/**
 * A depth (1 channel, 0..65535) in the colours of a table (3 bytes each, the first for 0): 4 channels, sRGB, opaque.
 * Lines of equal depth are dark on light colours and light on dark ones, and as wide everywhere.
 */
export function colourDepth(
  depth: WordRaster,
  table: Uint8Array,
  { contours = 0, lineWidthPx = 1 }: ColourDepthOptions = {},
): ByteRaster {
  assertRaster(depth, 'a depth', 1);
  const out = byteRaster(depth, 4);
  const pixels = new Uint32Array(out.data.buffer);
  const colours = colourOfEach(wordsOf(table));
  const { data } = depth;
  for (let i = 0; i < data.length; i++) {
    pixels[i] = colours[data[i] as number] as number; // one for each word
  }
  if (contours > 0) drawContours(out, depth, contours, lineWidthPx);
  return out;
}

/** The colours of a table as opaque pixels, in this machine's own order of bytes. */
function wordsOf(table: Uint8Array): Uint32Array {
  const bytes = new Uint8Array((table.length / 3) * 4);
  for (let from = 0, to = 0; from < table.length; from += 3, to += 4) {
    bytes[to] = table[from] as number; // in range by the loop's bound
    bytes[to + 1] = table[from + 1] as number;
    bytes[to + 2] = table[from + 2] as number;
    bytes[to + 3] = 255;
  }
  return new Uint32Array(bytes.buffer);
}

/** The colour of each word: looking one up is faster than working its place in the table out. */
function colourOfEach(colours: Uint32Array): Uint32Array {
  const each = new Uint32Array(NEAREST + 1);
  const last = colours.length - 1;
  for (let word = 0; word < each.length; word++) {
    each[word] = colours[Math.round((word * last) / NEAREST)] as number; // at most the last
  }
  return each;
}

/** How much of a pixel a line takes at its middle. */
const LINE_ALPHA = 0.62;

/**
 * A pixel's distance from a line is what its depth is beyond it, by how fast the depth changes there: smooth lines of one
 * width, without looking at any neighbour but two.
 */
function drawContours(out: ByteRaster, depth: WordRaster, steps: number, widthPx: number): void {
  const { width, height, data } = depth;
  const step = NEAREST / steps;
  const reach = widthPx / 2 + 0.5;
  for (let y = 0, i = 0; y < height; y++) {
    const below = y + 1 < height ? width : 0;
    for (let x = 0; x < width; x++, i++) {
      const here = data[i] as number; // in range by the loops' bounds
      const line = Math.round(here / step);
      if (line === 0 || line === steps) continue;
      const beyond = Math.abs(here - line * step);
      const across = (data[x + 1 < width ? i + 1 : i] as number) - here;
      const down = (data[i + below] as number) - here;
      const slope = across * across + down * down;
      if (slope === 0 || beyond * beyond >= reach * reach * slope) continue;
      const cover = Math.min(1, reach - beyond / Math.sqrt(slope));
      blend(out.data, 4 * i, cover * LINE_ALPHA);
    }
  }
}

function blend(data: Uint8Array, at: number, alpha: number): void {
  const red = data[at] as number; // the caller's own pixel
  const green = data[at + 1] as number;
  const blue = data[at + 2] as number;
  const to = 0.3 * red + 0.59 * green + 0.11 * blue > 110 ? 0 : 255;
  data[at] = red + (to - red) * alpha;
  data[at + 1] = green + (to - green) * alpha;
  data[at + 2] = blue + (to - blue) * alpha;
}
