import { createHash } from 'node:crypto';

/** What decides whether a photo of an earlier run is the same. */
export interface Stamped {
  /** Where it lies. */
  readonly path: string;
  /** Changes when its bytes do: its size and time, or its generation in a bucket. */
  readonly stamp: string;
}

/** Lines that become one file. */
export interface Shard<P extends Stamped> {
  /** Of the file. Where there are several, it tells what is in it: the same name, the same lines. */
  readonly name: string;
  readonly photos: readonly P[];
}

const ENDING = /(\.[^./]+)?$/;
const HASH_LENGTH = 8;

/**
 * Photos in portions of `linesEach`, each with a name such as `requests-00002-5f1c93aa.jsonl`; without it, all are one
 * portion, named as given. `request` is all that decides what becomes of a photo. What was finished under the same name needs not
 * be made again.
 */
export function planShards<P extends Stamped>(
  photos: readonly P[],
  name: string,
  linesEach: number | undefined,
  request: string,
): readonly Shard<P>[] {
  if (linesEach === undefined) return [{ name, photos }];
  const shards: Shard<P>[] = [];
  for (let from = 0; from < photos.length; from += linesEach) {
    const portion = photos.slice(from, from + linesEach);
    const number = String(shards.length + 1).padStart(5, '0');
    const suffix = `-${number}-${hashOf(portion, request)}`;
    shards.push({ name: name.replace(ENDING, (ending) => `${suffix}${ending}`), photos: portion });
  }
  return shards;
}

function hashOf(photos: readonly Stamped[], request: string): string {
  const hash = createHash('sha256').update(JSON.stringify(['diorama batch 1', request]));
  for (const { path, stamp } of photos) hash.update(JSON.stringify([path, stamp]));
  return hash.digest('hex').slice(0, HASH_LENGTH);
}
