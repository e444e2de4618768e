import type { FillPlan } from './fill-plan.ts';
import type { HoleMap } from './hole-map.ts';
import { PATCH_RADIUS, type PatchLevel } from './patch-level.ts';
import { fillSmoothly } from './push-pull.ts';

/** Cells over which the colour correction is smoothed: below it the copied texture keeps its own light and shade. */
const SMOOTH_CELLS = 3;
/**
 * Unevenness of the known part, in levels, up to which its surroundings count as plain, and from which on as rough.
 * Over plain ground the smooth fill knows the slow change of colour best, over rough ground the texture does.
 */
const PLAIN_LEVELS = 1.5;
const ROUGH_LEVELS = 5;
/** Difference between the two fills, in levels, up to which the smooth one may lead, and from which on it may not. */
const NEAR_LEVELS = 30;
const FAR_LEVELS = 60;
const CHANNELS = 4;
/** Cells from the hole's rim over which the correction turns from exact, so that no outline shows, to smoothed. */
const RIM_CELLS = 1.4;
const SETTLED_CELLS = 5;

/**
 * The smooth fill of a picture's hole: 4 samples per cell, the colour and how uneven the known part around is
 * (mean difference from the local mean, in levels).
 */
export function smoothFill(hole: HoleMap, small: Uint8Array): Float32Array {
  const { width, height } = hole;
  const known = new Uint8Array(hole.hole.length);
  const weights = new Float32Array(known.length);
  for (let i = 0; i < known.length; i++) weights[i] = known[i] = 1 - (hole.hole[i] ?? 0);
  const mean = smoothWithin(new Float32Array(small), known, width, height, 1);
  const uneven = new Float32Array(known.length * 3);
  for (let i = 0; i < uneven.length; i++) uneven[i] = Math.abs((small[i] ?? 0) - (mean[i] ?? 0));
  const spread = smoothWithin(uneven, known, width, height, 1);
  const data = new Float32Array(known.length * CHANNELS);
  for (let i = 0; i < known.length; i++) {
    for (let c = 0; c < 3; c++) data[i * CHANNELS + c] = small[i * 3 + c] ?? 0;
    data[i * CHANNELS + 3] = Math.max(
      spread[i * 3] ?? 0,
      spread[i * 3 + 1] ?? 0,
      spread[i * 3 + 2] ?? 0,
    );
  }
  return fillSmoothly({ width, height, channels: CHANNELS, data }, weights);
}

/** How much the smooth fill leads in a cell: all over plain ground, unless the texture says something else there. */
function smoothShare(smooth: Float32Array, cell: number, rgb: Uint8Array, p: number): number {
  const uneven = smooth[cell * CHANNELS + 3] ?? 0;
  const plain = (ROUGH_LEVELS - uneven) / (ROUGH_LEVELS - PLAIN_LEVELS);
  if (plain <= 0) return 0;
  let apart = 0;
  for (let c = 0; c < 3; c++) {
    apart = Math.max(apart, Math.abs((smooth[cell * CHANNELS + c] ?? 0) - (rgb[p * 3 + c] ?? 0)));
  }
  const near = (FAR_LEVELS - apart) / (FAR_LEVELS - NEAR_LEVELS);
  return Math.min(1, plain) * Math.min(1, Math.max(0, near));
}

/** The plan of a textured fill: the matches as offsets, and the smoothed difference between fill and copy as colour. */
export function planTexture(
  hole: HoleMap,
  level: PatchLevel,
  small: Uint8Array,
  smooth: Float32Array,
): FillPlan {
  const { width, height } = hole;
  const columns = new Int16Array(hole.hole.length);
  const rows = new Int16Array(hole.hole.length);
  const difference = new Float32Array(hole.hole.length * 3);
  const exactness = new Float32Array(hole.hole.length);
  const r = PATCH_RADIUS;
  for (let n = 0; n < level.cells.length; n++) {
    const p = level.cells[n] ?? 0;
    const m = level.match[p] ?? 0;
    const y = ((p / level.stride) | 0) - r;
    const x = (p % level.stride) - r;
    const sy = ((m / level.stride) | 0) - r;
    const sx = (m % level.stride) - r;
    const i = y * width + x;
    columns[i] = sx - x;
    rows[i] = sy - y;
    const s = sy * width + sx;
    const lead = smoothShare(smooth, i, level.rgb, p);
    const distance = hole.distance[i] ?? 0;
    const rim = (SETTLED_CELLS - distance) / (SETTLED_CELLS - RIM_CELLS);
    exactness[i] = Math.max(lead, Math.min(1, rim));
    for (let c = 0; c < 3; c++) {
      const textured = level.rgb[p * 3 + c] ?? 0;
      const inner = textured + lead * ((smooth[i * CHANNELS + c] ?? 0) - textured);
      const wanted = distance <= RIM_CELLS ? (small[i * 3 + c] ?? 0) : inner;
      difference[i * 3 + c] = wanted - (small[s * 3 + c] ?? 0);
    }
  }
  const colour = smoothWithin(difference, hole.hole, width, height, 2);
  // Over plain ground, too, the correction follows cell by cell: there is no texture that it could spoil.
  for (let k = 0; k < colour.length; k++) {
    const slow = colour[k] ?? 0;
    colour[k] = slow + (exactness[(k / 3) | 0] ?? 0) * ((difference[k] ?? 0) - slow);
  }
  return { width, height, share: hole.share, offsets: { columns, rows }, colour };
}

/** The plan of a fill without texture, where the known part offers none. */
export function planColour(hole: HoleMap, smooth: Float32Array): FillPlan {
  const { width, height, share } = hole;
  const colour = new Float32Array(share.length * 3);
  for (let i = 0; i < share.length; i++) {
    for (let c = 0; c < 3; c++) colour[i * 3 + c] = smooth[i * CHANNELS + c] ?? 0;
  }
  return { width, height, share, colour };
}

/** Box means, repeated, over the marked cells alone; 3 samples per cell. */
function smoothWithin(
  values: Float32Array,
  marks: Uint8Array,
  width: number,
  height: number,
  times: number,
): Float32Array {
  let from = values;
  for (let k = 0; k < times; k++) {
    from = boxAlong(from, marks, width, height, 1, width);
    from = boxAlong(from, marks, height, width, width, 1);
  }
  return from;
}

/** Means along lines of `length` cells at `step`, the lines `lineStep` apart; only marked cells count. */
function boxAlong(
  values: Float32Array,
  marks: Uint8Array,
  length: number,
  lines: number,
  step: number,
  lineStep: number,
): Float32Array {
  const out = new Float32Array(values.length);
  const reach = SMOOTH_CELLS;
  for (let line = 0; line < lines; line++) {
    const base = line * lineStep;
    let r = 0;
    let g = 0;
    let b = 0;
    let n = 0;
    for (let x = -reach; x < length; x++) {
      const enter = x + reach;
      if (enter < length) {
        const i = base + enter * step;
        if (marks[i] === 1) {
          n++;
          r += values[i * 3] ?? 0;
          g += values[i * 3 + 1] ?? 0;
          b += values[i * 3 + 2] ?? 0;
        }
      }
      const leave = x - reach - 1;
      if (leave >= 0) {
        const i = base + leave * step;
        if (marks[i] === 1) {
          n--;
          r -= values[i * 3] ?? 0;
          g -= values[i * 3 + 1] ?? 0;
          b -= values[i * 3 + 2] ?? 0;
        }
      }
      if (x < 0) continue;
      const o = base + x * step;
      if (marks[o] !== 1 || n === 0) continue;
      out[o * 3] = r / n;
      out[o * 3 + 1] = g / n;
      out[o * 3 + 2] = b / n;
    }
  }
  return out;
}
