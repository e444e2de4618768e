import type { TransferAxis } from './transfer-axis.ts';

/** A run of pixels of one row inside one block, that is between the middles of four neighbouring cells. */
export interface TransferRow {
  /** The photo that is read and written; this kind of array rounds and clamps what is written to it. */
  readonly photo: Uint8ClampedArray;
  readonly axis: TransferAxis;
  readonly share: Float32Array;
  readonly colour: Float32Array;
  /** Number of the row's first pixel. */
  start: number;
  /** How far the row is from the upper cells to the lower ones, 0..1. */
  down: number;
}

/** Writes texture of one offset: the photo at `jump` pixels from each, plus the colour change between the corners. */
export function writeCopy(
  row: TransferRow,
  corners: Int32Array,
  jump: number,
  x0: number,
  x1: number,
): void {
  const { photo, axis, share, colour, start, down: v } = row;
  const k0 = corners[0] ?? 0;
  const k1 = corners[1] ?? 0;
  const k2 = corners[2] ?? 0;
  const k3 = corners[3] ?? 0;
  const u = 1 - v;
  const shareLeft = u * (share[k0] ?? 0) + v * (share[k2] ?? 0);
  const shareStep = u * (share[k1] ?? 0) + v * (share[k3] ?? 0) - shareLeft;
  const isWhole = shareLeft >= 1 && shareStep >= 0;
  const r0 = u * (colour[k0 * 3] ?? 0) + v * (colour[k2 * 3] ?? 0);
  const g0 = u * (colour[k0 * 3 + 1] ?? 0) + v * (colour[k2 * 3 + 1] ?? 0);
  const b0 = u * (colour[k0 * 3 + 2] ?? 0) + v * (colour[k2 * 3 + 2] ?? 0);
  const r1 = u * (colour[k1 * 3] ?? 0) + v * (colour[k3 * 3] ?? 0) - r0;
  const g1 = u * (colour[k1 * 3 + 1] ?? 0) + v * (colour[k3 * 3 + 1] ?? 0) - g0;
  const b1 = u * (colour[k1 * 3 + 2] ?? 0) + v * (colour[k3 * 3 + 2] ?? 0) - b0;
  for (let x = x0; x < x1; x++) {
    const t = axis.part[x] ?? 0;
    const o = (start + x) * 3;
    const s = (start + x + jump) * 3;
    let r = (photo[s] ?? 0) + r0 + r1 * t;
    let g = (photo[s + 1] ?? 0) + g0 + g1 * t;
    let b = (photo[s + 2] ?? 0) + b0 + b1 * t;
    if (!isWhole) {
      const w = shareLeft + shareStep * t;
      if (w <= 0) continue;
      const rest = 1 - w;
      r = w * r + rest * (photo[o] ?? 0);
      g = w * g + rest * (photo[o + 1] ?? 0);
      b = w * b + rest * (photo[o + 2] ?? 0);
    }
    photo[o] = r;
    photo[o + 1] = g;
    photo[o + 2] = b;
  }
}

/**
 * Writes a blend of the textures of four offsets, one per corner. Texture and colour change of a corner weigh the
 * same, so that the blend keeps the colour that the plan wants.
 */
export function writeMix(
  row: TransferRow,
  corners: Int32Array,
  jumps: Int32Array,
  x0: number,
  x1: number,
): void {
  const { photo, axis, share, colour, start, down: v } = row;
  const k0 = corners[0] ?? 0;
  const k1 = corners[1] ?? 0;
  const k2 = corners[2] ?? 0;
  const k3 = corners[3] ?? 0;
  const j0 = (jumps[0] ?? 0) * 3;
  const j1 = (jumps[1] ?? 0) * 3;
  const j2 = (jumps[2] ?? 0) * 3;
  const j3 = (jumps[3] ?? 0) * 3;
  const u = 1 - v;
  const shareLeft = u * (share[k0] ?? 0) + v * (share[k2] ?? 0);
  const shareStep = u * (share[k1] ?? 0) + v * (share[k3] ?? 0) - shareLeft;
  const isWhole = shareLeft >= 1 && shareStep >= 0;
  const r0 = u * (colour[k0 * 3] ?? 0) + v * (colour[k2 * 3] ?? 0);
  const g0 = u * (colour[k0 * 3 + 1] ?? 0) + v * (colour[k2 * 3 + 1] ?? 0);
  const b0 = u * (colour[k0 * 3 + 2] ?? 0) + v * (colour[k2 * 3 + 2] ?? 0);
  const r1 = u * (colour[k1 * 3] ?? 0) + v * (colour[k3 * 3] ?? 0) - r0;
  const g1 = u * (colour[k1 * 3 + 1] ?? 0) + v * (colour[k3 * 3 + 1] ?? 0) - g0;
  const b1 = u * (colour[k1 * 3 + 2] ?? 0) + v * (colour[k3 * 3 + 2] ?? 0) - b0;
  for (let x = x0; x < x1; x++) {
    const t = axis.part[x] ?? 0;
    const w0 = u * (1 - t);
    const w1 = u * t;
    const w2 = v * (1 - t);
    const w3 = v * t;
    const o = (start + x) * 3;
    const s0 = o + j0;
    const s1 = o + j1;
    const s2 = o + j2;
    const s3 = o + j3;
    let r = w0 * (photo[s0] ?? 0) + w1 * (photo[s1] ?? 0) + r0 + r1 * t;
    let g = w0 * (photo[s0 + 1] ?? 0) + w1 * (photo[s1 + 1] ?? 0) + g0 + g1 * t;
    let b = w0 * (photo[s0 + 2] ?? 0) + w1 * (photo[s1 + 2] ?? 0) + b0 + b1 * t;
    r += w2 * (photo[s2] ?? 0) + w3 * (photo[s3] ?? 0);
    g += w2 * (photo[s2 + 1] ?? 0) + w3 * (photo[s3 + 1] ?? 0);
    b += w2 * (photo[s2 + 2] ?? 0) + w3 * (photo[s3 + 2] ?? 0);
    if (!isWhole) {
      const w = shareLeft + shareStep * t;
      if (w <= 0) continue;
      const rest = 1 - w;
      r = w * r + rest * (photo[o] ?? 0);
      g = w * g + rest * (photo[o + 1] ?? 0);
      b = w * b + rest * (photo[o + 2] ?? 0);
    }
    photo[o] = r;
    photo[o + 1] = g;
    photo[o + 2] = b;
  }
}

/** Writes the corners' colours alone, where there is no texture to copy. */
export function writeColour(row: TransferRow, corners: Int32Array, x0: number, x1: number): void {
  const { photo, axis, share, colour, start, down: v } = row;
  const k0 = corners[0] ?? 0;
  const k1 = corners[1] ?? 0;
  const k2 = corners[2] ?? 0;
  const k3 = corners[3] ?? 0;
  const u = 1 - v;
  const shareLeft = u * (share[k0] ?? 0) + v * (share[k2] ?? 0);
  const shareStep = u * (share[k1] ?? 0) + v * (share[k3] ?? 0) - shareLeft;
  const r0 = u * (colour[k0 * 3] ?? 0) + v * (colour[k2 * 3] ?? 0);
  const g0 = u * (colour[k0 * 3 + 1] ?? 0) + v * (colour[k2 * 3 + 1] ?? 0);
  const b0 = u * (colour[k0 * 3 + 2] ?? 0) + v * (colour[k2 * 3 + 2] ?? 0);
  const r1 = u * (colour[k1 * 3] ?? 0) + v * (colour[k3 * 3] ?? 0) - r0;
  const g1 = u * (colour[k1 * 3 + 1] ?? 0) + v * (colour[k3 * 3 + 1] ?? 0) - g0;
  const b1 = u * (colour[k1 * 3 + 2] ?? 0) + v * (colour[k3 * 3 + 2] ?? 0) - b0;
  for (let x = x0; x < x1; x++) {
    const t = axis.part[x] ?? 0;
    const w = shareLeft + shareStep * t;
    const rest = 1 - w;
    const o = (start + x) * 3;
    photo[o] = w * (r0 + r1 * t) + rest * (photo[o] ?? 0);
    photo[o + 1] = w * (g0 + g1 * t) + rest * (photo[o + 1] ?? 0);
    photo[o + 2] = w * (b0 + b1 * t) + rest * (photo[o + 2] ?? 0);
  }
}
