import type { ByteRaster } from './raster.ts';
import { EVEN_WEIGHT, type LayerColours } from './subject-colour-levels.ts';
import type { MixedColours } from './subject-colour-list.ts';

/** A band of rows whose mixed pixels are `first` .. `first + count` of the list. */
export interface ColourBand {
  readonly photo: ByteRaster;
  readonly matte: ByteRaster;
  readonly coarse: LayerColours;
  readonly mixed: MixedColours;
  readonly first: number;
  readonly count: number;
  readonly top: number;
  readonly rows: number;
}

/** Pull of the sweep towards the colours it starts from; it stands in for neighbours that know nothing. */
const HOLD_WEIGHT = 2e-3;

/** Estimates the colours of one band's mixed pixels at full size and writes them into `band.mixed`. */
export function refineBand(band: ColourBand): void {
  const colours = startFromCoarse(band);
  const { above, below } = linkRows(band);
  sweep(band, colours, above, below);
  const { first, mixed } = band;
  for (let s = 0; s < band.count; s++) {
    for (let c = 0; c < 3; c++) {
      mixed.foreground[(first + s) * 3 + c] = (colours[s * 6 + c] ?? 0) + 0.5;
      mixed.background[(first + s) * 3 + c] = (colours[s * 6 + 3 + c] ?? 0) + 0.5;
    }
  }
}

/** Six samples per mixed pixel, subject then background, bilinear from the coarse estimate. */
function startFromCoarse(band: ColourBand): Float32Array {
  const { photo, coarse, mixed, first, count } = band;
  const { foreground: f, background: b } = coarse;
  const out = new Float32Array(count * 6);
  const toX = coarse.width / photo.width;
  const toY = coarse.height / photo.height;
  const maxX = coarse.width - 1;
  const maxY = coarse.height - 1;
  for (let s = 0; s < count; s++) {
    const i = mixed.indices[first + s] ?? 0;
    const y = (i / photo.width) | 0;
    const x = i - y * photo.width;
    const cx = Math.min(maxX, Math.max(0, (x + 0.5) * toX - 0.5));
    const cy = Math.min(maxY, Math.max(0, (y + 0.5) * toY - 0.5));
    const x0 = cx | 0;
    const y0 = cy | 0;
    const x1 = x0 < maxX ? x0 + 1 : x0;
    const y1 = y0 < maxY ? y0 + 1 : y0;
    const u = cx - x0;
    const v = cy - y0;
    const w00 = (1 - u) * (1 - v);
    const w01 = u * (1 - v);
    const w10 = (1 - u) * v;
    const w11 = u * v;
    const k00 = (y0 * coarse.width + x0) * 3;
    const k01 = (y0 * coarse.width + x1) * 3;
    const k10 = (y1 * coarse.width + x0) * 3;
    const k11 = (y1 * coarse.width + x1) * 3;
    for (let c = 0; c < 3; c++) {
      out[s * 6 + c] =
        w00 * (f[k00 + c] ?? 0) +
        w01 * (f[k01 + c] ?? 0) +
        w10 * (f[k10 + c] ?? 0) +
        w11 * (f[k11 + c] ?? 0);
      out[s * 6 + 3 + c] =
        w00 * (b[k00 + c] ?? 0) +
        w01 * (b[k01 + c] ?? 0) +
        w10 * (b[k10 + c] ?? 0) +
        w11 * (b[k11 + c] ?? 0);
    }
  }
  return out;
}

/**
 * For each mixed pixel of the band, the place in the list of the mixed pixel above and below, or -1. The list is in
 * reading order, so that two neighbouring rows are matched in one walk and no full-size map is needed.
 */
function linkRows(band: ColourBand): { above: Int32Array; below: Int32Array } {
  const { photo, mixed, first, count } = band;
  const { width } = photo;
  const above = new Int32Array(count).fill(-1);
  const below = new Int32Array(count).fill(-1);
  let upper = 0;
  for (let s = 0; s < count; s++) {
    const wanted = (mixed.indices[first + s] ?? 0) - width;
    while (upper < s && (mixed.indices[first + upper] ?? 0) < wanted) upper++;
    if (upper < s && mixed.indices[first + upper] === wanted) {
      above[s] = upper;
      below[upper] = s;
    }
  }
  return { above, below };
}

/**
 * The Gauss-Seidel sweep; a second one gains under half a level. A mixed neighbour speaks for both colours, an opaque one for the subject's, a clear one for
 * the background's.
 */
function sweep(
  band: ColourBand,
  colours: Float32Array,
  above: Int32Array,
  below: Int32Array,
): void {
  const { first, count } = band;
  const { width, height, data: photo } = band.photo;
  const alphas = band.matte.data;
  const indices = band.mixed.indices;
  let y = band.top;
  for (let s = 0; s < count; s++) {
    const i = indices[first + s] ?? 0;
    while (i >= (y + 1) * width) y++;
    const x = i - y * width;
    const alpha = alphas[i] ?? 0;
    let f0 = 0;
    let f1 = 0;
    let f2 = 0;
    let b0 = 0;
    let b1 = 0;
    let b2 = 0;
    let sumF = HOLD_WEIGHT;
    let sumB = HOLD_WEIGHT;
    for (let side = 0; side < 4; side++) {
      let j = i;
      let slot = -1;
      if (side === 0) {
        if (x === 0) continue;
        j = i - 1;
        if (s > 0 && indices[first + s - 1] === j) slot = s - 1;
      } else if (side === 1) {
        if (x === width - 1) continue;
        j = i + 1;
        if (s < count - 1 && indices[first + s + 1] === j) slot = s + 1;
      } else if (side === 2) {
        if (y === 0) continue;
        j = i - width;
        slot = above[s] ?? -1;
      } else {
        if (y === height - 1) continue;
        j = i + width;
        slot = below[s] ?? -1;
      }
      const other = alphas[j] ?? 0;
      const w = EVEN_WEIGHT + Math.abs(alpha - other) * (1 / 255);
      if (slot >= 0) {
        const k = slot * 6;
        f0 += w * (colours[k] ?? 0);
        f1 += w * (colours[k + 1] ?? 0);
        f2 += w * (colours[k + 2] ?? 0);
        b0 += w * (colours[k + 3] ?? 0);
        b1 += w * (colours[k + 4] ?? 0);
        b2 += w * (colours[k + 5] ?? 0);
        sumF += w;
        sumB += w;
      } else if (other === 255) {
        f0 += w * (photo[j * 3] ?? 0);
        f1 += w * (photo[j * 3 + 1] ?? 0);
        f2 += w * (photo[j * 3 + 2] ?? 0);
        sumF += w;
      } else if (other === 0) {
        b0 += w * (photo[j * 3] ?? 0);
        b1 += w * (photo[j * 3 + 1] ?? 0);
        b2 += w * (photo[j * 3 + 2] ?? 0);
        sumB += w;
      }
    }
    const a = alpha * (1 / 255);
    const r = 1 - a;
    const a12 = a * r;
    const a11 = a * a + sumF;
    const a22 = r * r + sumB;
    const inverse = 1 / (a11 * a22 - a12 * a12);
    for (let c = 0; c < 3; c++) {
      const k = s * 6 + c;
      const v = photo[i * 3 + c] ?? 0;
      const p = a * v + (c === 0 ? f0 : c === 1 ? f1 : f2) + HOLD_WEIGHT * (colours[k] ?? 0);
      const q = r * v + (c === 0 ? b0 : c === 1 ? b1 : b2) + HOLD_WEIGHT * (colours[k + 3] ?? 0);
      const fore = (a22 * p - a12 * q) * inverse;
      const back = (a11 * q - a12 * p) * inverse;
      colours[k] = Math.min(255, Math.max(0, fore));
      colours[k + 3] = Math.min(255, Math.max(0, back));
    }
  }
}
