import { assertRaster, assertSameSize, type ByteRaster, byteRaster } from '../raster.ts';
import { estimateMixedColours } from '../subject-colour.ts';
import type { MixedColours } from '../subject-colour-list.ts';
import { planColour, planTexture, smoothFill } from './fill-colour.ts';
import type { FillPlan } from './fill-plan.ts';
import { type HoleMap, mapHole, SOLID_ALPHA } from './hole-map.ts';
import { reduceToCells } from './reduced-photo.ts';
import { fillTexture } from './texture-fill.ts';
import { transferFill } from './transfer.ts';

export interface PlateOptions {
  /** The colours in the mixed pixels, when the caller has them already; estimated when absent. */
  readonly mixed?: MixedColours;
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
  paintThinParts(matte.data, mixed, out.data);
  const hole = mapHole(matte);
  if (hole === undefined) return out;
  const small = reduceToCells(out, hole);
  if (hole.cells === hole.hole.length) paintMean(small, out.data);
  else transferFill(out, planFill(hole, small));
  return out;
}

/** Shows the estimated background in thin parts, also so that no trace of the subject is copied from there. */
function paintThinParts(matte: Uint8Array, mixed: MixedColours, out: Uint8Array): void {
  const { indices, background } = mixed;
  for (let s = 0; s < indices.length; s++) {
    const i = indices[s] ?? 0;
    const alpha = matte[i] ?? 0;
    if (alpha <= CLEAR_ALPHA || alpha > SOLID_ALPHA) continue;
    const w = Math.min(1, (alpha - CLEAR_ALPHA) / (THIN_ALPHA - CLEAR_ALPHA));
    for (let c = 0; c < 3; c++) {
      const own = out[i * 3 + c] ?? 0;
      out[i * 3 + c] = own + w * ((background[s * 3 + c] ?? 0) - own) + 0.5;
    }
  }
}

function planFill(hole: HoleMap, small: Uint8Array): FillPlan {
  const { width, height, distance } = hole;
  const smooth = smoothFill(hole, small);
  if (!hole.isBanded) return planColour(hole, smooth);
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
