import type { BatchDoubt } from './batch-doubt.ts';
import type { PoolJob } from './pool-job.ts';
import type { PredictRequest } from './predictor.ts';

/** One picture that waits or runs. */
export interface Picture {
  readonly job: PoolJob;
  readonly request: PredictRequest;
  readonly pixels: number;
  /** When a session was first free for it and was made to wait. */
  heldAt?: number;
  /** Set when it is to be run alone. */
  doubt?: BatchDoubt;
}

/** Pictures that wait for a session, in the order in which they came. */
export class BatchQueue {
  #waiting: readonly Picture[] = [];

  get length(): number {
    return this.#waiting.length;
  }

  append(picture: Picture): void {
    this.#waiting = [...this.#waiting, picture];
  }

  putFirst(pictures: readonly Picture[]): void {
    this.#waiting = [...pictures, ...this.#waiting];
  }

  remove(isGone: (picture: Picture) => boolean): void {
    this.#waiting = this.#waiting.filter((picture) => !isGone(picture));
  }

  /** Takes all that wait. */
  clear(): readonly Picture[] {
    const all = this.#waiting;
    this.#waiting = [];
    return all;
  }

  /** What waits, by what can be run together: one size, and the same wanted of it. Never an empty group. */
  groups(): Iterable<readonly [Picture, ...Picture[]]> {
    const groups = new Map<string, [Picture, ...Picture[]]>();
    for (const picture of this.#waiting) {
      const kind = kindOf(picture);
      const group = groups.get(kind);
      if (group) group.push(picture);
      else groups.set(kind, [picture]);
    }
    return groups.values();
  }
}

function kindOf({ request, doubt, job }: Picture): string {
  if (doubt) return `alone ${job.id}`;
  const { image, wanted } = request;
  return `${image.width}x${image.height} ${[...wanted].sort()}`;
}
