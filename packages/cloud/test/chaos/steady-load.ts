import { setTimeout as wait } from 'node:timers/promises';
import {
  type ByteRaster,
  byteRaster,
  type FloatRaster,
  isDioramaError,
  type Size,
} from '@diorama/core';
import type { Prediction, Predictor } from '@diorama/runtime';
import { seededChance } from '../pool/pictures.ts';

export interface Load {
  readonly pictures: readonly ByteRaster[];
  readonly perSecond: number;
  readonly forMs: number;
  readonly deadlineMs: number;
  readonly seed: number;
}

/** What became of one picture. */
export interface Fate {
  /** Since the load began. */
  readonly startedMs: number;
  readonly tookMs: number;
  readonly picture: number;
  /** The code that it was refused with. */
  readonly refused?: string;
  readonly prediction?: Prediction;
}

/** Sends pictures at the times that a seed gives, whatever becomes of those before, and waits for all of them. */
export async function steadyLoad(pool: Predictor, load: Load): Promise<readonly Fate[]> {
  const random = seededChance(load.seed);
  const beganMs = performance.now();
  const fates: Promise<Fate>[] = [];
  for (let atMs = 0; atMs < load.forMs; ) {
    const leftMs = beganMs + atMs - performance.now();
    if (leftMs > 0) await wait(leftMs);
    fates.push(askOne(pool, load, Math.floor(random() * load.pictures.length), beganMs));
    // As many people come who do not know of each other.
    atMs += (-Math.log(1 - random()) * 1000) / load.perSecond;
  }
  return Promise.all(fates);
}

async function askOne(
  pool: Predictor,
  { pictures, deadlineMs }: Load,
  picture: number,
  beganMs: number,
): Promise<Fate> {
  const startedAtMs = performance.now();
  const known = { startedMs: startedAtMs - beganMs, picture };
  const image = pictures[picture];
  if (!image) throw new Error('no such picture');
  const terms = { deadlineAtMs: Date.now() + deadlineMs };
  try {
    const prediction = await pool.predict({ image, wanted: ['depth', 'matte'], terms });
    return { ...known, tookMs: performance.now() - startedAtMs, prediction };
  } catch (error) {
    const refused = isDioramaError(error) ? error.code : String(error);
    return { ...known, tookMs: performance.now() - startedAtMs, refused };
  }
}

/** Pictures that a model answers differently: a bright disc before a slope, here and there. */
export function seededPictures(count: number, size: Size, seed: number): readonly ByteRaster[] {
  const random = seededChance(seed);
  return Array.from({ length: count }, () => {
    const image = byteRaster(size, 3);
    const [across, down, radius] = [random(), random(), 0.1 + 0.2 * random()];
    const colour = [random() * 255, random() * 255, random() * 255];
    for (let y = 0, at = 0; y < size.height; y++) {
      for (let x = 0; x < size.width; x++, at += 3) {
        const isIn = Math.hypot(x / size.width - across, y / size.height - down) < radius;
        for (let c = 0; c < 3; c++) {
          image.data[at + c] = isIn ? (colour[c] ?? 0) : (255 * (y + c * 20)) / (size.height + 60);
        }
      }
    }
    return image;
  });
}

/** The largest difference of two planes, in shares of the first one's range. */
export function differenceOf(a: FloatRaster | undefined, b: FloatRaster | undefined): number {
  if (!a || !b || a.data.length !== b.data.length) return Number.POSITIVE_INFINITY;
  let [low, high, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let n = 0; n < a.data.length; n++) {
    const [mine, theirs] = [a.data[n] ?? Number.NaN, b.data[n] ?? Number.NaN];
    low = Math.min(low, mine);
    high = Math.max(high, mine);
    const difference = Math.abs(mine - theirs);
    if (!(difference <= most)) most = difference;
  }
  return most / Math.max(high - low, 1e-6);
}

/** The time that so large a share of all pictures did not exceed, in whole milliseconds. */
export function percentileMs(fates: readonly Fate[], share: number): number {
  const sorted = fates.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  return Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN);
}
