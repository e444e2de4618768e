import { wordView } from '../matte-words.ts';
import { assertRaster, assertSameSize, type ByteRaster, byteRaster } from '../raster.ts';
import { estimateMixedColours } from '../subject-colour.ts';
import type { LayerColours } from '../subject-colour-levels.ts';
import { mixedColourReader, openMixedRow, readBackground } from '../subject-colour-reader.ts';
import { planColour, planTexture, smoothFill } from './fill-colour.ts';
import type { FillPlan } from './fill-plan.ts';
import { type HoleMap, mapHole, SOLID_ALPHA } from './hole-map.ts';
import { reduceToCells } from './reduced-photo.ts';
import { fillTexture } from './texture-fill.ts';
import { transferFill } from './transfer.ts';

/** How a plate's hole is filled. */
export type PlateFill = 'texture' | 'smooth';

export interface PlateOptions {
  /** What `estimateMixedColours` says of this photo and matte; estimated when absent. */
  readonly mixed?: LayerColours;
  /** `smooth` copies no texture: at a fraction of the time, for what is shown until the other is made. */
  readonly fill?: PlateFill;
  /** Where to write: 3 channels on the photo's grid; may be the photo itself. A new raster when absent. */
  readonly out?: ByteRaster;
}

/** Alpha (of 255) up to which a pixel stays the photo's, and from which on a thin part is the background's estimate. */
const CLEAR_ALPHA = 16;
const THIN_ALPHA = 48;

/**
 * The background with the place behind the subject filled in: 3 channels at the photo's size. The photo stays as it
 * is, bit for bit, away from the subject; a band around the subject is filled too, and thin parts that lie beyond it
 * give way to the background estimated behind them. Without a subject the photo comes back unchanged; where all is
 * subject the answer is the photo's mean colour. The same input gives the same plate.
 * `photo` has 3 channels, `matte` 1.
 * @throws DioramaError `INTERNAL` for other channels or sizes.
 */
export function fillPlate(
  photo: ByteRaster,
  matte: ByteRaster,
  options: PlateOptions = {},
): ByteRaster {
  assertRaster(photo, 'a photo', 3);
  assertRaster(matte, 'a matte', 1);
  assertSameSize(photo, matte, 'photo and matte');
  const out = options.out ?? byteRaster(photo, 3);
  assertRaster(out, 'a plate to write', 3);
  assertSameSize(photo, out, 'photo and plate');
  const mixed = options.mixed ?? estimateMixedColours(photo, matte);
  if (out.data !== photo.data) out.data.set(photo.data);
  paintThinParts(photo, matte, mixed, out.data);
  const hole = mapHole(matte);
  if (hole === undefined) return out;
  const small = reduceToCells(out, hole);
  if (hole.cells === hole.hole.length) paintMean(small, out.data);
  else transferFill(out, planFill(hole, small, options.fill));
  return out;
}

/** Shows the estimated background in thin parts, also so that no trace of the subject is copied from there. */
function paintThinParts(
  photo: ByteRaster,
  matte: ByteRaster,
  mixed: LayerColours,
  out: Uint8Array,
): void {
  const { width, height } = photo;
  const words = wordView(matte.data);
  const reader = mixedColourReader(mixed, photo);
  const run = new Uint8ClampedArray(width * 3);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    const end = start + width;
    let isOpen = false;
    for (let i = start; i < end; ) {
      if (words !== undefined && (i & 3) === 0) {
        const word = words[i >> 2];
        if (word === 0 || word === 0xffffffff) {
          i += 4;
          continue;
        }
      }
      if (!isThin(matte.data[i] ?? 0)) {
        i++;
        continue;
      }
      let stop = i + 1;
      while (stop < end && isThin(matte.data[stop] ?? 0)) stop++;
      if (!isOpen) openMixedRow(reader, y);
      isOpen = true;
      readBackground(reader, matte.data, i - start, stop - start, i, run);
      for (let t = 0; i < stop; i++, t += 3) {
        const w = Math.min(1, ((matte.data[i] ?? 0) - CLEAR_ALPHA) / (THIN_ALPHA - CLEAR_ALPHA));
        const o = i * 3;
        const r = out[o] ?? 0;
        const g = out[o + 1] ?? 0;
        const b = out[o + 2] ?? 0;
        out[o] = r + w * ((run[t] ?? 0) - r) + 0.5;
        out[o + 1] = g + w * ((run[t + 1] ?? 0) - g) + 0.5;
        out[o + 2] = b + w * ((run[t + 2] ?? 0) - b) + 0.5;
      }
    }
  }
}

function isThin(alpha: number): boolean {
  return alpha > CLEAR_ALPHA && alpha <= SOLID_ALPHA;
}

function planFill(hole: HoleMap, small: Uint8Array, fill: PlateFill = 'texture'): FillPlan {
  const { width, height, distance } = hole;
  const smooth = smoothFill(hole, small);
  if (!hole.isBanded || fill === 'smooth') return planColour(hole, smooth);
  const level = fillTexture({ width, height, rgb: small, hole: hole.hole, distance });
  return level === undefined ? planColour(hole, smooth) : planTexture(hole, level, small, smooth);
}

function paintMean(small: Uint8Array, out: Uint8Array): void {
  const mean = [0, 0, 0];
  for (let i = 0; i < small.length; i++) mean[i % 3] = (mean[i % 3] ?? 0) + (small[i] ?? 0);
  const cells = small.length / 3;
  for (let c = 0; c < 3; c++) {
    const v = Math.round((mean[c] ?? 0) / cells);
    for (let i = c; i < out.length; i += 3) out[i] = v;
  }
}
