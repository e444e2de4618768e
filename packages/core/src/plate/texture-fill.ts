import { borderDistance } from './border-distance.ts';
import { type LevelPicture, PATCH_RADIUS, type PatchLevel, patchLevel } from './patch-level.ts';
import { joinMatches, patchSearch, searchPass } from './patch-match.ts';
import { startMatches } from './patch-start.ts';
import { vote } from './patch-vote.ts';
import { nextBelow, type SeededRandom, seededRandom } from './seeded-random.ts';

/** Longest side of the size at which the search starts. */
const START_SIDE = 56;
/** Patches that a size must offer as sources. */
const MIN_SOURCES = 24;
/** Rounds of search and vote, from the full working size (first) to smaller ones (the last for all the rest). */
const ROUNDS = [1, 2, 4];
const START_ROUNDS = 6;
/** Cells of the start size up to which it gets all its rounds. Where little is known it starts at a larger size. */
const START_CELLS = 3000;
/** Widest step, in cells, of the random search at the full working size. */
const FINE_RANGE = 9;
/** Price of a vertical cell at the start size, in squared difference over a patch; it halves with each doubling. */
const DROP_COST = 3000;
/** Vertical cells that are free at the start size; they double with each doubling. */
const DROP_FREE_CELLS = 2;

/**
 * Fills a picture's hole with texture from its known part: patches matched coarse to fine (Wexler et al. 2007,
 * PatchMatch of Barnes et al. 2009). Answers the level at the picture's own size, with the fill in `rgb` and the
 * matches in `match`, or undefined where the known part holds too few whole patches.
 */
export function fillTexture(picture: LevelPicture): PatchLevel | undefined {
  const pictures: LevelPicture[] = [picture];
  for (let p = picture; Math.max(p.width, p.height) > START_SIDE; ) {
    p = halve(p);
    pictures.push(p);
  }
  const random = seededRandom(20_090_801);
  let level: PatchLevel | undefined;
  let started = 0;
  for (let k = pictures.length - 1; k >= 0; k--) {
    const p = pictures[k];
    if (p === undefined) continue;
    const next = patchLevel(p);
    if (next.sources.length < MIN_SOURCES) continue;
    const growth = 2 ** (pictures.length - 1 - k);
    const drop = { cost: DROP_COST / growth, free: DROP_FREE_CELLS * growth };
    const search = patchSearch(next, drop);
    if (level === undefined) {
      started = k;
      startMatches(next, random, drop);
    } else {
      enlargeMatches(level, next, random);
      vote(next, search.cost);
    }
    // At the full working size the matches are near their places already.
    const widest = k === 0 && k !== started ? FINE_RANGE : Math.max(next.width, next.height) >> 1;
    const isSmallStart = k === started && next.targets.length <= START_CELLS;
    const rounds = isSmallStart ? START_ROUNDS : (ROUNDS[Math.min(k, ROUNDS.length - 1)] ?? 1);
    for (let round = 0; round < rounds; round++) {
      searchPass(next, search, random, widest, true);
      searchPass(next, search, random, widest, false);
      vote(next, search.cost);
    }
    if (k === 0) joinMatches(next, search);
    level = next;
  }
  return level?.width === picture.width && level.height === picture.height ? level : undefined;
}

/** Half size: the mean of the known cells of four; a hole where fewer than two are known. */
function halve(from: LevelPicture): LevelPicture {
  const width = Math.max(1, from.width >> 1);
  const height = Math.max(1, from.height >> 1);
  const rgb = new Uint8Array(width * height * 3);
  const hole = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let known = 0;
      let r = 0;
      let g = 0;
      let b = 0;
      for (let k = 0; k < 4; k++) {
        const sy = Math.min(from.height - 1, 2 * y + (k >> 1));
        const sx = Math.min(from.width - 1, 2 * x + (k & 1));
        const i = sy * from.width + sx;
        if (from.hole[i] === 1) continue;
        known++;
        r += from.rgb[i * 3] ?? 0;
        g += from.rgb[i * 3 + 1] ?? 0;
        b += from.rgb[i * 3 + 2] ?? 0;
      }
      const o = y * width + x;
      if (known < 2) {
        hole[o] = 1;
        continue;
      }
      rgb[o * 3] = r / known + 0.5;
      rgb[o * 3 + 1] = g / known + 0.5;
      rgb[o * 3 + 2] = b / known + 0.5;
    }
  }
  return { width, height, rgb, hole, distance: borderDistance(hole, width, height, 1) };
}

/** Carries the matches of a level over to the next, about twice its size: the offset doubles. */
function enlargeMatches(from: PatchLevel, to: PatchLevel, random: SeededRandom): void {
  const r = PATCH_RADIUS;
  for (let n = 0; n < to.targets.length; n++) {
    const p = to.targets[n] ?? 0;
    const y = ((p / to.stride) | 0) - r;
    const x = (p % to.stride) - r;
    const cy = Math.min(from.height - 1, y >> 1);
    const cx = Math.min(from.width - 1, x >> 1);
    const m = from.match[(cy + r) * from.stride + cx + r] ?? -1;
    let source = -1;
    if (m >= 0) {
      const sy = 2 * (((m / from.stride) | 0) - r) + (y - 2 * cy);
      const sx = 2 * ((m % from.stride) - r) + (x - 2 * cx);
      source = nearestSource(to, sx, sy);
    }
    to.match[p] = source >= 0 ? source : (to.sources[nextBelow(random, to.sources.length)] ?? 0);
  }
}

/** The source at a place of the picture, or one a few cells beside it, or -1. */
function nearestSource(level: PatchLevel, x: number, y: number): number {
  const r = PATCH_RADIUS;
  for (let range = 0; range <= 4; range++) {
    for (let dy = -range; dy <= range; dy++) {
      for (let dx = -range; dx <= range; dx++) {
        if (Math.max(Math.abs(dx), Math.abs(dy)) !== range) continue;
        const sx = x + dx;
        const sy = y + dy;
        if (sx < 0 || sy < 0 || sx >= level.width || sy >= level.height) continue;
        const i = (sy + r) * level.stride + sx + r;
        if (level.isSource[i] === 1) return i;
      }
    }
  }
  return -1;
}
