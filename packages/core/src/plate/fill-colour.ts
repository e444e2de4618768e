import type { FillPlan } from './fill-plan.ts';
import type { HoleMap } from './hole-map.ts';
import { PATCH_RADIUS, type PatchLevel } from './patch-level.ts';

/** Cells over which the colour correction is smoothed: below it the copied texture keeps its own light and shade. */
const SMOOTH_CELLS = 3;
/** Cells of the hole's rim that do not show at all (more than a diagonal step, so that none shows outside), and then those over which the fill fades in. */
const HIDDEN_CELLS = 1.4;
const FADE_CELLS = 2;

/** How much of the fill shows per cell: nothing at the rim of the hole, all of it a few cells further in. */
export function fadeIn(hole: HoleMap): Float32Array {
  const share = new Float32Array(hole.hole.length);
  for (let i = 0; i < share.length; i++) {
    const inner = ((hole.distance[i] ?? 0) - HIDDEN_CELLS) / FADE_CELLS;
    share[i] = hole.hole[i] === 1 ? Math.min(1, Math.max(0, inner)) : 0;
  }
  return share;
}

/** The plan of a textured fill: the matches as offsets, and the smoothed difference between fill and copy as colour. */
export function planTexture(
  hole: HoleMap,
  level: PatchLevel,
  small: Uint8Array,
  target: Float32Array,
): FillPlan {
  const { width, height } = hole;
  const columns = new Int16Array(hole.hole.length);
  const rows = new Int16Array(hole.hole.length);
  const difference = new Float32Array(hole.hole.length * 3);
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
    for (let c = 0; c < 3; c++) {
      difference[i * 3 + c] = (target[i * 3 + c] ?? 0) - (small[s * 3 + c] ?? 0);
    }
  }
  const colour = smoothInHole(difference, hole.hole, width, height);
  return { width, height, share: fadeIn(hole), offsets: { columns, rows }, colour };
}

/** Two box means over the cells of the hole alone. */
function smoothInHole(
  values: Float32Array,
  hole: Uint8Array,
  width: number,
  height: number,
): Float32Array {
  let from = values;
  for (let k = 0; k < 2; k++) {
    from = boxAlong(from, hole, width, height, 1, width);
    from = boxAlong(from, hole, height, width, width, 1);
  }
  return from;
}

/** Means along lines of `length` cells at `step`, the lines `lineStep` apart; only cells of the hole count. */
function boxAlong(
  values: Float32Array,
  hole: Uint8Array,
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
        if (hole[i] === 1) {
          n++;
          r += values[i * 3] ?? 0;
          g += values[i * 3 + 1] ?? 0;
          b += values[i * 3 + 2] ?? 0;
        }
      }
      const leave = x - reach - 1;
      if (leave >= 0) {
        const i = base + leave * step;
        if (hole[i] === 1) {
          n--;
          r -= values[i * 3] ?? 0;
          g -= values[i * 3 + 1] ?? 0;
          b -= values[i * 3 + 2] ?? 0;
        }
      }
      if (x < 0) continue;
      const o = base + x * step;
      if (hole[o] !== 1 || n === 0) continue;
      out[o * 3] = r / n;
      out[o * 3 + 1] = g / n;
      out[o * 3 + 2] = b / n;
    }
  }
  return out;
}
