import { byteRaster } from '@diorama/core';
import {
  findModelCard,
  fitModelSize,
  type PredictRequest,
  type PredictTerms,
} from '@diorama/runtime';

/** As the embedded model wants it: nobody has to resize it. */
const size = fitModelSize(await findModelCard('diorama-s'), { width: 4, height: 3 });

/** A picture that wants a matte. */
export function picture(terms?: PredictTerms): PredictRequest {
  return { image: byteRaster(size, 3), wanted: ['matte'], terms };
}

/** How a promise ended, without anyone having to wait for it. */
export interface Watched<T> {
  value?: T;
  error?: unknown;
}

export function watch<T>(promise: Promise<T>): Watched<T> {
  const watched: Watched<T> = {};
  promise.then(
    (value) => {
      watched.value = value;
    },
    (error: unknown) => {
      watched.error = error;
    },
  );
  return watched;
}

/** Repeatable chance, 0 to 1 (mulberry32). */
export function seededChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
