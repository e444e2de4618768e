import { type HairCells, SURE_BACKGROUND, SURE_SUBJECT, UNKNOWN } from './hair-cells.ts';

/** Cells in a row of a block; a block is one sample of a side's colour. */
const BLOCK = 3;
/** Directions in which each block looks for samples, and how many it takes in each. */
const DIRECTIONS = 8;
const PER_DIRECTION = { subject: 1, background: 2 } as const;
/** Standard deviation of a colour that counts as the same is 7 of 255. */
const PER_NOISE = 1 / (2 * 7 * 7);
/** How much a sample that is twice as far as the nearest counts less. */
const FAR_WEIGHT = 0.15;
/** Where no pair fits, all count alike. */
const LEAST_WEIGHT = 1e-12;
/** Squared distances of colours: of sides that can hardly be told apart, and of a colour from all mixtures. */
const INDISTINCT = 30 * 30;
const STRANGE = 60 * 60;
/** What is flat: so many cells around it differ by less than this squared distance. */
const FLAT_REACH = 2;
const FLAT_RANGE = 14 * 14;
const FLAT_ALPHA = 0.04;
/** Squared distance of colours that could be the same thing. */
const ALIKE = 16 * 16;
/** Squared distance in cells of what could belong together. */
const BESIDE = 14 * 14;

interface Samples {
  /** Five for each: column and row in cells, then red, green and blue. */
  readonly at: Float32Array;
  readonly count: number;
}

const STRIDE = 5;

/** Samples that a block chose, and what each costs for being farther than the nearest. */
interface Chosen {
  readonly samples: Int32Array;
  readonly costs: Float32Array;
}

/**
 * Alpha of unknown cells (1 channel, 0..1) and how far it can be relied on (1 channel, 0..1): the mean over pairs of
 * a subject colour and a background colour from around, each pair by how well a mixture of both is the cell's own
 * colour (after Gastal & Oliveira 2010, "Shared sampling for real-time alpha matting", with all pairs in place of the
 * best). Known cells keep what they have.
 */
export function alphaBySamples(cells: HairCells): {
  readonly alpha: Float32Array;
  readonly trust: Float32Array;
} {
  const { width, height, sure } = cells;
  const alpha = Float32Array.from(cells.alpha.data);
  const trust = new Float32Array(width * height);
  const subject = samplesOf(cells, isSure(cells, SURE_SUBJECT));
  const flat = flatCells(cells, subject);
  const isBackground = isSure(cells, SURE_BACKGROUND);
  const background = samplesOf(cells, (cell) => isBackground(cell) || flat[cell] === 1);
  if (subject.count === 0 || background.count === 0) return { alpha, trust };
  for (let top = 0; top < height; top += BLOCK) {
    for (let left = 0; left < width; left += BLOCK) {
      let near: Chosen | undefined;
      let far: Chosen | undefined;
      for (let y = top; y < Math.min(height, top + BLOCK); y++) {
        for (let x = left; x < Math.min(width, left + BLOCK); x++) {
          const cell = y * width + x;
          if (sure[cell] !== UNKNOWN) continue;
          if (flat[cell] === 1) {
            alpha[cell] = 0;
            trust[cell] = 1;
            continue;
          }
          near ??= nearestAround(subject, left + 1, top + 1, PER_DIRECTION.subject);
          far ??= nearestAround(background, left + 1, top + 1, PER_DIRECTION.background);
          const pair = weighPairs(cells.colour.data, cell, subject, near, background, far);
          alpha[cell] = pair.alpha * pair.trust + (cells.alpha.data[cell] ?? 0) * (1 - pair.trust);
          trust[cell] = pair.trust;
        }
      }
    }
  }
  return { alpha, trust };
}

function isSure({ sure }: HairCells, side: number): (cell: number) => boolean {
  return (cell) => sure[cell] === side;
}

/**
 * Brushed cells that are background after all: the matte says so, nothing fine is around them, and no subject beside
 * them has their colour. Without them whatever of the background is seen only under the brush would pass for half a subject.
 */
function flatCells(cells: HairCells, subject: Samples): Uint8Array {
  const { width, height, colour, alpha, sure } = cells;
  const isFlat = new Uint8Array(width * height);
  const { data } = colour;
  for (let y = FLAT_REACH; y < height - FLAT_REACH; y++) {
    for (let x = FLAT_REACH; x < width - FLAT_REACH; x++) {
      const cell = y * width + x;
      if (sure[cell] !== UNKNOWN || (alpha.data[cell] ?? 0) > FLAT_ALPHA) continue;
      let most = 0;
      for (let v = -FLAT_REACH; v <= FLAT_REACH && most <= FLAT_RANGE; v++) {
        for (let u = -FLAT_REACH; u <= FLAT_REACH; u++) {
          most = Math.max(most, squaredDistance(data, cell * 3, data, (cell + v * width + u) * 3));
        }
      }
      if (most > FLAT_RANGE) continue;
      isFlat[cell] = 1;
      for (let s = 0; s < subject.count; s++) {
        const dx = (subject.at[s * STRIDE] ?? 0) - x;
        const dy = (subject.at[s * STRIDE + 1] ?? 0) - y;
        if (dx * dx + dy * dy > BESIDE) continue;
        if (squaredDistance(data, cell * 3, subject.at, s * STRIDE + 2) > ALIKE) continue;
        isFlat[cell] = 0;
        break;
      }
    }
  }
  return isFlat;
}

function squaredDistance(a: Float32Array, i: number, b: Float32Array, j: number): number {
  const r = (a[i] ?? 0) - (b[j] ?? 0);
  const g = (a[i + 1] ?? 0) - (b[j + 1] ?? 0);
  const bl = (a[i + 2] ?? 0) - (b[j + 2] ?? 0);
  return r * r + g * g + bl * bl;
}

function samplesOf(
  { width, height, colour }: HairCells,
  isWanted: (cell: number) => boolean,
): Samples {
  const across = Math.ceil(width / BLOCK);
  const down = Math.ceil(height / BLOCK);
  const at = new Float32Array(across * down * STRIDE);
  let count = 0;
  for (let top = 0; top < height; top += BLOCK) {
    for (let left = 0; left < width; left += BLOCK) {
      let n = 0;
      const o = count * STRIDE;
      at.fill(0, o, o + STRIDE);
      for (let y = top; y < Math.min(height, top + BLOCK); y++) {
        for (let x = left; x < Math.min(width, left + BLOCK); x++) {
          const cell = y * width + x;
          if (!isWanted(cell)) continue;
          n++;
          at[o] = (at[o] ?? 0) + x;
          at[o + 1] = (at[o + 1] ?? 0) + y;
          for (let c = 0; c < 3; c++) {
            at[o + 2 + c] = (at[o + 2 + c] ?? 0) + (colour.data[cell * 3 + c] ?? 0);
          }
        }
      }
      if (n === 0) continue;
      for (let k = 0; k < STRIDE; k++) at[o + k] = (at[o + k] ?? 0) / n;
      count++;
    }
  }
  return { at, count };
}

/** The nearest samples in each of some directions around a place. */
function nearestAround({ at, count }: Samples, x: number, y: number, each: number): Chosen {
  const found = new Int32Array(DIRECTIONS * each).fill(-1);
  const away = new Float32Array(DIRECTIONS * each).fill(Number.POSITIVE_INFINITY);
  let least = Number.POSITIVE_INFINITY;
  for (let s = 0; s < count; s++) {
    const dx = (at[s * STRIDE] ?? 0) - x;
    const dy = (at[s * STRIDE + 1] ?? 0) - y;
    const octant = (dx > 0 ? 1 : 0) | (dy > 0 ? 2 : 0) | (Math.abs(dx) > Math.abs(dy) ? 4 : 0);
    let sample = s;
    let squared = dx * dx + dy * dy;
    least = Math.min(least, squared);
    for (let k = octant * each; k < (octant + 1) * each; k++) {
      const other = away[k] ?? 0;
      if (squared >= other) continue;
      const otherSample = found[k] ?? -1;
      found[k] = sample;
      away[k] = squared;
      sample = otherSample;
      squared = other;
    }
  }
  const samples = found.filter((sample) => sample >= 0);
  const costs = away.filter(Number.isFinite);
  for (let k = 0; k < costs.length; k++) {
    costs[k] = FAR_WEIGHT * ((Math.sqrt(costs[k] ?? 0) + 1) / (Math.sqrt(least) + 1) - 1);
  }
  return { samples, costs };
}

/** What all pairs together say of a cell. */
function weighPairs(
  colour: Float32Array,
  cell: number,
  subject: Samples,
  near: Chosen,
  background: Samples,
  far: Chosen,
): { readonly alpha: number; readonly trust: number } {
  const r = colour[cell * 3] ?? 0;
  const g = colour[cell * 3 + 1] ?? 0;
  const b = colour[cell * 3 + 2] ?? 0;
  let sum = 0;
  let weights = 0;
  let spans = 0;
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < near.samples.length; i++) {
    const f = (near.samples[i] ?? 0) * STRIDE + 2;
    for (let j = 0; j < far.samples.length; j++) {
      const k = (far.samples[j] ?? 0) * STRIDE + 2;
      const br = background.at[k] ?? 0;
      const bg = background.at[k + 1] ?? 0;
      const bb = background.at[k + 2] ?? 0;
      const dr = (subject.at[f] ?? 0) - br;
      const dg = (subject.at[f + 1] ?? 0) - bg;
      const db = (subject.at[f + 2] ?? 0) - bb;
      const span = dr * dr + dg * dg + db * db;
      const along = (r - br) * dr + (g - bg) * dg + (b - bb) * db;
      const a = span > 1 ? Math.min(1, Math.max(0, along / span)) : 0.5;
      const er = r - br - a * dr;
      const eg = g - bg - a * dg;
      const eb = b - bb - a * db;
      const misfit = er * er + eg * eg + eb * eb;
      best = Math.min(best, misfit);
      const cost = misfit * PER_NOISE + (near.costs[i] ?? 0) + (far.costs[j] ?? 0);
      const weight = Math.exp(-cost) + LEAST_WEIGHT;
      sum += weight * a;
      spans += weight * span;
      weights += weight;
    }
  }
  const span = spans / weights;
  // Neither colours that are alike nor a colour that is no mixture tell anything.
  const trust = (span / (span + INDISTINCT)) * Math.exp(-best / STRANGE);
  return { alpha: sum / weights, trust };
}
