import type { Diorama } from '@diorama/engine';
import { untilAborted } from '../deadline.ts';
import { FairQueue, type Standing } from './fair-queue.ts';
import type { Holding } from './holdings.ts';
import type { EngineWork } from './photo-task.ts';
import { placesOut } from './places-out.ts';

/** How soon it is looked again whether a worker has let go of a photo that nobody wants any more. */
const RECHECK_MS = 20;

/** So long before its deadline a photo hears that there is no predictor, before it hears that it is late. */
const FAREWELL_MS = 100;
/** The longest time that a timer takes; a photo that has more of it needs none. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One photo that stands in line, and what is to be done with it. */
export interface LineWork<T> extends EngineWork<T> {
  readonly callerId: string;
  /** On the clock of `performance.now()`. */
  readonly deadlineAtMs: number;
  /** How long it is held to take. */
  readonly costMs: number;
  readonly holding: Holding;
  /** Told when its turn has come, just before `run`, which does not follow if this throws. */
  readonly onBegin: (waitedMs: number) => void;
}

interface Entrant {
  readonly work: LineWork<unknown>;
  /** Never rejects. */
  readonly begin: (engine: Diorama) => Promise<void>;
  readonly refuse: (reason: unknown) => void;
  toldPosition?: number;
}

/**
 * Where photos wait for their turn, in fair order. The engine gets no more of them at once than it has photo workers, so
 * that none waits in there where nobody could pass it by or take it out.
 */
export class PhotoLine {
  readonly #queue = new FairQueue<Entrant>();
  /** What is worked on, and since when. */
  readonly #working = new Map<Entrant, number>();
  #engine: Diorama | undefined;
  #failure: { readonly reason: unknown } | undefined;
  #recheck: NodeJS.Timeout | undefined;

  /** Photos wait for the engine, too. */
  constructor(starting: Promise<Diorama>) {
    starting.then(
      (engine) => {
        this.#engine = engine;
        this.#advance();
      },
      (reason: unknown) => {
        this.#failure = { reason };
        for (let next = this.#queue.take(); next; next = this.#queue.take()) next.refuse(reason);
      },
    );
  }

  get waiting(): number {
    return this.#queue.length;
  }

  get working(): number {
    return this.#working.size;
  }

  /** Photos that can be worked on side by side; one while the engine is starting. */
  get lanes(): number {
    return Math.max(1, this.#engine?.stats().photos.size ?? 1);
  }

  standingOf(callerId: string): Standing {
    return this.#queue.standingOf(callerId);
  }

  /**
   * Waits for the turn of one photo, and does what is to be done. While no predictor elsewhere can have pictures, one photo
   * that needs one is handed on, to find out when that changes; others wait here, where they are in nobody's way.
   * @throws `PREDICTOR_STARTING` or `PREDICTOR_UNAVAILABLE` where that does not change in time, what `run` and `onBegin`
   * throw, the signal's reason as soon as it aborts, or why the engine did not start
   */
  enter<T>(work: LineWork<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const { signal, callerId, costMs } = work;
      if (this.#failure || signal.aborted) {
        reject(this.#failure?.reason ?? signal.reason);
        return;
      }
      const arrivedAtMs = performance.now();
      const begin = async (engine: Diorama) => {
        clearTimeout(farewell);
        signal.removeEventListener('abort', leave);
        try {
          work.onBegin(performance.now() - arrivedAtMs);
          resolve(await untilAborted(work.run(engine), signal));
        } catch (error) {
          reject(error);
        }
      };
      const queued = this.#queue.add({ work, begin, refuse: reject }, callerId, costMs);
      const refuse = (reason: unknown) => {
        clearTimeout(farewell);
        if (!this.#queue.remove(queued)) return;
        reject(reason);
        this.#tellPositions();
      };
      const leave = () => refuse(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      const leftMs = work.deadlineAtMs - performance.now() - FAREWELL_MS;
      const sayFarewell = () => {
        const out = this.#engine && work.needsPlace ? placesOut(this.#engine.stats()) : undefined;
        if (out) refuse(out);
      };
      const farewell = leftMs > LONGEST_TIMER_MS ? undefined : setTimeout(sayFarewell, leftMs);
      farewell?.unref();
      this.#advance();
    });
  }

  /** How long one waits before which so much is to be done, as far as can be told. */
  waitMs(costAheadMs: number): number {
    const { lanes } = this;
    if (this.waiting === 0 && this.working < lanes) return 0;
    const remainingMs = this.#remainingMs().reduce((sum, [ms]) => sum + ms, 0);
    return (remainingMs + costAheadMs) / lanes;
  }

  /** How long a newcomer waits at most: until all that is here is done. */
  get backlogMs(): number {
    return this.waitMs(this.#queue.order.reduce((sum, { cost }) => sum + cost, 0));
  }

  /** How long until so much of something is free that photos hold until they are done. */
  freedInMs(needed: number, amountOf: (holding: Holding) => number): number {
    let freed = 0;
    let workingMs = 0;
    for (const [ms, { work }] of this.#remainingMs()) {
      freed += amountOf(work.holding);
      workingMs += ms;
      if (freed >= needed) return ms;
    }
    let costMs = workingMs;
    for (const { item, cost } of this.#queue.order) {
      freed += amountOf(item.work.holding);
      costMs += cost;
      if (freed >= needed) break;
    }
    return costMs / this.lanes;
  }

  /** What is worked on, who is done first comes first. */
  #remainingMs(): (readonly [ms: number, entrant: Entrant])[] {
    const nowMs = performance.now();
    return [...this.#working]
      .map(([entrant, sinceMs]) => {
        return [Math.max(0, entrant.work.costMs - (nowMs - sinceMs)), entrant] as const;
      })
      .sort(([a], [b]) => a - b);
  }

  #advance(): void {
    clearTimeout(this.#recheck);
    const engine = this.#engine;
    if (engine !== undefined) {
      for (let next = this.#nextFor(engine); next; next = this.#nextFor(engine)) {
        this.#begin(next, engine);
      }
      if (this.waiting > 0 && this.#working.size < this.lanes) {
        this.#recheck = setTimeout(() => this.#advance(), RECHECK_MS);
      }
    }
    this.#tellPositions();
  }

  /** Who goes first, if the engine has room for it. */
  #nextFor(engine: Diorama): Entrant | undefined {
    if (this.#queue.length === 0) return undefined;
    const stats = engine.stats();
    const isHeld = placesOut(stats) !== undefined && this.#isAsking();
    const mayGo = ({ work }: Entrant) => !(isHeld && work.needsPlace);
    const first = this.#queue.order.find(({ item }) => mayGo(item));
    if (first === undefined) return undefined;
    const { size, busy, queued } = stats.photos;
    const inWorkers = [...this.#working.keys()].filter(({ work }) => work.needsWorker).length;
    // A photo that nobody wants any more holds its worker until the step that it is at is over.
    const abandoned = Math.max(0, busy + queued - inWorkers);
    // What needs no worker may be one more: it waits at the sessions, which would be idle from one to the next.
    const places = Math.max(1, size) + (first.item.work.needsWorker ? 0 : 1);
    return this.#working.size + abandoned < places ? this.#queue.take(mayGo) : undefined;
  }

  /** Whether a photo that is worked on finds out when there is a predictor. */
  #isAsking(): boolean {
    return [...this.#working.keys()].some(({ work }) => work.needsPlace);
  }

  #begin(entrant: Entrant, engine: Diorama): void {
    this.#working.set(entrant, performance.now());
    void entrant.begin(engine).then(() => {
      this.#working.delete(entrant);
      this.#advance();
    });
  }

  #tellPositions(): void {
    this.#queue.order.forEach(({ item }, position) => {
      if (item.toldPosition === position || item.work.onPosition === undefined) return;
      item.toldPosition = position;
      item.work.onPosition(position);
    });
  }
}
