import type { ByteRaster, FloatRaster } from '../raster.ts';
import { floatRaster } from '../raster.ts';
import type { StrokeCover } from './depth-stroke-cover.ts';

/** A part of a picture, in its pixels. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What is sure of a cell: nothing, that it is background, or that it is subject. */
export const UNKNOWN = 0;
export const SURE_BACKGROUND = 1;
export const SURE_SUBJECT = 2;

/** A part of a photo in cells, each the mean of some pixels. */
export interface HairCells {
  readonly part: Part;
  readonly width: number;
  readonly height: number;
  /** 3 channels, 0..255. */
  readonly colour: FloatRaster;
  /** 1 channel, 0..1: the matte as it was. */
  readonly alpha: FloatRaster;
  /** For each cell what is sure of it, apart from what is brushed and not deep inside of the subject. */
  readonly sure: Uint8Array;
}

/** Cells along the longer side of a part. The number does not depend on the photo's size, so neither does what follows. */
const LONG_SIDE = 224;
/** Alpha beyond which a cell belongs to one side. */
const SURE = 0.96;
/** A brushed cell is sure to be subject this deep inside of it, as a share of the brush's radius. */
const DEEP_SHARE = 0.35;

/** The cells of a brushed part. `radiusPx` is the brush's. */
export function hairCells(
  photo: ByteRaster,
  matte: ByteRaster,
  cover: StrokeCover,
  radiusPx: number,
): HairCells {
  // As much again around the stroke tells what the background and the subject look like there.
  const margin = Math.ceil(radiusPx * 0.75) + 3;
  const left = Math.max(0, cover.left - margin);
  const top = Math.max(0, cover.top - margin);
  const part = {
    left,
    top,
    width: Math.min(photo.width, cover.left + cover.width + margin) - left,
    height: Math.min(photo.height, cover.top + cover.height + margin) - top,
  };
  const scale = Math.min(1, LONG_SIDE / Math.max(part.width, part.height));
  const width = Math.max(1, Math.round(part.width * scale));
  const height = Math.max(1, Math.round(part.height * scale));
  const colour = floatRaster({ width, height }, 3);
  const alpha = floatRaster({ width, height }, 1);
  const brushed = new Float32Array(width * height);
  const counts = new Float32Array(width * height);
  for (let y = 0; y < part.height; y++) {
    const row = Math.min(height - 1, Math.floor(((y + 0.5) * height) / part.height)) * width;
    for (let x = 0; x < part.width; x++) {
      const cell = row + Math.min(width - 1, Math.floor(((x + 0.5) * width) / part.width));
      const i = (top + y) * photo.width + left + x;
      colour.data[cell * 3] = (colour.data[cell * 3] ?? 0) + (photo.data[i * 3] ?? 0);
      colour.data[cell * 3 + 1] = (colour.data[cell * 3 + 1] ?? 0) + (photo.data[i * 3 + 1] ?? 0);
      colour.data[cell * 3 + 2] = (colour.data[cell * 3 + 2] ?? 0) + (photo.data[i * 3 + 2] ?? 0);
      alpha.data[cell] = (alpha.data[cell] ?? 0) + (matte.data[i] ?? 0) / 255;
      const cx = left + x - cover.left;
      const cy = top + y - cover.top;
      const isIn = cx >= 0 && cy >= 0 && cx < cover.width && cy < cover.height;
      if (isIn && (cover.data[cy * cover.width + cx] ?? 0) > 0) brushed[cell] = 1;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  for (let cell = 0; cell < counts.length; cell++) {
    const share = 1 / Math.max(1, counts[cell] ?? 1);
    for (let c = 0; c < 3; c++) {
      colour.data[cell * 3 + c] = (colour.data[cell * 3 + c] ?? 0) * share;
    }
    alpha.data[cell] = (alpha.data[cell] ?? 0) * share;
  }
  const deep = depthInside(alpha, SURE);
  const deepPx = Math.max(2, radiusPx * scale * DEEP_SHARE);
  const sure = new Uint8Array(width * height);
  for (let cell = 0; cell < sure.length; cell++) {
    const a = alpha.data[cell] ?? 0;
    const isBrushed = (brushed[cell] ?? 0) > 0;
    if (a >= SURE && (!isBrushed || (deep[cell] ?? 0) >= deepPx)) sure[cell] = SURE_SUBJECT;
    else if (!isBrushed && a <= 1 - SURE) sure[cell] = SURE_BACKGROUND;
  }
  return { part, width, height, colour, alpha, sure };
}

/** How many cells each is away from one below `least`, by steps of 1 and the root of 2; beyond the border nothing is. */
function depthInside({ width, height, data }: FloatRaster, least: number): Float32Array {
  const far = width + height;
  const depth = Float32Array.from(data, (alpha) => (alpha >= least ? far : 0));
  const near = (i: number, from: number, step: number) => {
    const through = (depth[from] ?? far) + step;
    if (through < (depth[i] ?? 0)) depth[i] = through;
  };
  for (let turn = 0; turn < 2; turn++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const i = y * width + x;
        if (x > 0) near(i, i - 1, 1);
        if (y > 0) near(i, i - width, 1);
        if (x > 0 && y > 0) near(i, i - width - 1, Math.SQRT2);
        if (x < width - 1 && y > 0) near(i, i - width + 1, Math.SQRT2);
      }
    }
    depth.reverse();
  }
  return depth;
}
