import type { DioramaError } from '@diorama/core';
import { errorOfAbort, type Prediction, type PredictRequest } from '@diorama/runtime';
import { ExponentialBackoff, type IBackoff } from 'cockatiel';
import type { Failure } from './failure.ts';
import { giveUpError } from './give-up.ts';
import type { HedgeBudget } from './hedge-budget.ts';
import { startWork } from './leavable-work.ts';
import { type PictureTime, timeOf } from './picture-time.ts';
import type { PlaceTry, TryEnd } from './place-try.ts';
import type { PoolSettings } from './pool-options.ts';
import type { PooledPlace } from './pooled-place.ts';
import type { StandIn } from './stand-in.ts';

/** What a picture finds in its pool. */
export interface PicturePool {
  readonly settings: PoolSettings;
  readonly places: readonly PooledPlace[];
  readonly budget: HedgeBudget;
  readonly standIn: StandIn | undefined;
  /** The best place with room, of those that are up where `isUpOnly`. */
  pick(excluded: ReadonlySet<PooledPlace>, isUpOnly: boolean): PooledPlace | undefined;
  /** Whether nobody waits for room. */
  isCalm(): boolean;
  /** The picture wants a place: `offer` is called when there may be one. */
  line(run: PictureRun): void;
  /** It does not want one any more. */
  unline(run: PictureRun): void;
}

/** Who runs it to be done, and is told when it is. */
export interface PictureOwner {
  readonly signal: AbortSignal | undefined;
  readonly onDone: () => void;
}

const FIRST_REST_MS = 50;
const LONGEST_REST_MS = 1_000;
/** So long before the deadline the stand-in is asked at latest, where no place has answered anything meanwhile. */
const STAND_IN_RESERVE_MS = 2_000;

/** One picture on its way to an answer: at one place after another, or at two at once. */
export class PictureRun {
  readonly answer: Promise<Prediction>;
  readonly #pool: PicturePool;
  readonly #owner: PictureOwner;
  readonly #time: PictureTime;
  readonly #request: PredictRequest;
  readonly #tries = new Set<PlaceTry>();
  /** Since the last rest. */
  readonly #tried = new Set<PooledPlace>();
  readonly #suspects = new Set<PooledPlace>();
  readonly #lasting = new Map<PooledPlace, DioramaError>();
  readonly #stops = new Set<() => void>();
  #latest: Failure | undefined;
  #rest: IBackoff<unknown> | undefined;
  #standIn: 'unasked' | 'asked' | 'failed' = 'unasked';
  #isDone = false;
  #resolve: (prediction: Prediction) => void = () => undefined;
  #reject: (error: DioramaError) => void = () => undefined;

  constructor(pool: PicturePool, request: PredictRequest, owner: PictureOwner) {
    this.#pool = pool;
    this.#owner = owner;
    this.#time = timeOf(request, pool.settings);
    this.#request = this.#time.request;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Call it once. */
  start(): void {
    this.#watchSignal();
    this.#watchTime();
    this.advance();
  }

  /** Places that it need not be sent to just now. */
  get tried(): ReadonlySet<PooledPlace> {
    return this.#tried;
  }

  /** Looks for a place, unless one has it already. */
  advance(): void {
    if (this.#isDone || this.#tries.size > 0) return;
    if (!this.#pool.places.some(({ isUp }) => isUp)) this.askStandIn();
    const fault = this.#faultOfAll();
    if (fault && this.#standIn !== 'asked') this.fail(fault);
    else this.#pool.line(this);
  }

  /** Sends it to a place with room. */
  go(place: PooledPlace): void {
    this.#pool.unline(this);
    this.#send(place, false);
  }

  /** Every place that could have it was tried: they are left alone for a while. */
  rest(): void {
    this.#pool.unline(this);
    this.#rest = this.#rest ? this.#rest.next(undefined) : firstRest(this.#pool.settings);
    this.#after(this.#rest.duration, () => {
      this.#tried.clear();
      this.advance();
    });
  }

  /** Lets the stand-in answer where it may; the places go on. */
  askStandIn(): void {
    const { standIn } = this.#pool;
    if (this.#isDone || this.#standIn !== 'unasked') return;
    if (!standIn?.canAnswer(this.#request)) return;
    this.#standIn = 'asked';
    const leave = startWork(
      (signal) => standIn.predict(this.#request, signal),
      (outcome) => {
        if ('value' in outcome) this.#succeed(outcome.value);
        else {
          this.#standIn = 'failed';
          this.advance();
        }
      },
    );
    this.#stops.add(leave);
  }

  /** Ends it without a prediction. */
  fail(error: DioramaError): void {
    this.#end(() => this.#reject(error));
    for (const attempt of this.#tries) attempt.end('abandoned');
  }

  #send(place: PooledPlace, isHedge: boolean): void {
    const attempt = place.send(this.#request, {
      isHedge,
      onEnd: (end) => this.#ended(attempt, end),
    });
    this.#tries.add(attempt);
    this.#planHedge(attempt);
  }

  #ended(attempt: PlaceTry, end: TryEnd): void {
    if (this.#isDone) return;
    if ('prediction' in end) {
      this.#succeed(end.prediction, attempt);
      return;
    }
    this.#tries.delete(attempt);
    const { failure } = end;
    const { place } = attempt;
    this.#latest = failure;
    this.#tried.add(place);
    if (failure.isLasting) this.#lasting.set(place, failure.error);
    if (failure.kind === 'suspect') this.#suspects.add(place);
    if (failure.kind === 'picture') {
      this.fail(failure.error);
      return;
    }
    for (const other of this.#tries) this.#planHedge(other);
    this.advance();
  }

  #planHedge(attempt: PlaceTry): void {
    this.#after(attempt.hedgeAfterMs, () => {
      if (!this.#tries.has(attempt) || this.#tries.size > 1) return;
      const place = this.#hedgePlace(attempt);
      if (place) this.#send(place, true);
      else this.#planHedge(attempt);
    });
  }

  /** Whether a picture finds out if a place is back costs the picture little: it always gets a second place. */
  #hedgePlace({ place, isTrial }: PlaceTry): PooledPlace | undefined {
    if (!this.#pool.isCalm()) return undefined;
    const other = this.#pool.pick(new Set([...this.#tried, place]), true);
    return other && (isTrial || this.#pool.budget.take()) ? other : undefined;
  }

  #succeed(prediction: Prediction, winner?: PlaceTry): void {
    this.#end(() => this.#resolve(prediction));
    for (const place of winner ? this.#suspects : []) {
      if (place !== winner?.place) place.blame();
    }
    let isLater = winner === undefined;
    for (const attempt of this.#tries) {
      if (attempt === winner) isLater = true;
      else attempt.end(isLater ? 'unneeded' : 'overtaken');
    }
  }

  #end(settle: () => void): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#pool.unline(this);
    for (const stop of this.#stops) stop();
    settle();
    this.#owner.onDone();
  }

  /** What no place will do better, so that waiting is of no use. */
  #faultOfAll(): DioramaError | undefined {
    const faults = this.#pool.places.map(
      (place) =>
        this.#lasting.get(place) ?? (place.fault?.isLasting ? place.fault.error : undefined),
    );
    return faults.every((fault) => fault !== undefined) ? faults.at(-1) : undefined;
  }

  #watchSignal(): void {
    const { signal } = this.#owner;
    if (!signal) return;
    const abort = (): void => this.fail(errorOfAbort(signal));
    signal.addEventListener('abort', abort, { once: true });
    this.#stops.add(() => signal.removeEventListener('abort', abort));
  }

  #watchTime(): void {
    const { leftMs, farewellMs } = this.#time;
    if (leftMs <= 0) this.fail(this.#giveUpError());
    if (this.#isDone) return;
    const { clock } = this.#pool.settings;
    const startedMs = clock.nowMs();
    this.#after(leftMs - Math.min(STAND_IN_RESERVE_MS, leftMs / 2), () => {
      const isSilent = this.#pool.places.every(({ answeredAtMs }) => answeredAtMs < startedMs);
      if (isSilent) this.askStandIn();
    });
    this.#after(farewellMs, () => {
      if (this.#tries.size === 0 && this.#standIn !== 'asked') this.fail(this.#giveUpError());
    });
    // The only one of the pool's timers that the process waits for: nobody else holds a picture that waits.
    this.#stops.add(
      clock.after(leftMs, () => this.fail(this.#giveUpError()), { keepsAlive: true }),
    );
  }

  #giveUpError(): DioramaError {
    return giveUpError({
      places: this.#pool.places,
      lasting: [...this.#lasting.values()].at(-1),
      latest: this.#latest?.error,
      wantedRoom: this.#time.leftMs > 0 && this.#tries.size === 0 && isRoomAllItLacks(this.#latest),
    });
  }

  #after(delayMs: number, run: () => void): void {
    const stop = this.#pool.settings.clock.after(delayMs, () => {
      this.#stops.delete(stop);
      run();
    });
    this.#stops.add(stop);
  }
}

function isRoomAllItLacks(latest: Failure | undefined): boolean {
  return latest === undefined || latest.kind === 'busy';
}

function firstRest({ random }: PoolSettings): IBackoff<unknown> {
  // Full jitter, so that pictures which failed together do not come back together.
  return new ExponentialBackoff<number>({
    initialDelay: FIRST_REST_MS,
    maxDelay: LONGEST_REST_MS,
    generator: (turn = 0, { initialDelay, maxDelay }) => [
      random() * Math.min(maxDelay, initialDelay * 2 ** turn),
      turn + 1,
    ],
  }).next();
}
