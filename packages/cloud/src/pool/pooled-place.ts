import { DioramaError } from '@diorama/core';
import type { PlaceStats, Prediction, PredictRequest } from '@diorama/runtime';
import type { Place } from '../place.ts';
import { type Failure, failureOf } from './failure.ts';
import { type Outcome, startWork } from './leavable-work.ts';
import { PlacePace } from './place-pace.ts';
import { PlaceTrust } from './place-trust.ts';
import type { EndReason, PlaceTry, SendOptions, TryEnd } from './place-try.ts';
import { PlaceWatch } from './place-watch.ts';
import type { PoolSettings } from './pool-options.ts';

/** What a place knows of the others. */
export interface Surroundings {
  readonly settings: PoolSettings;
  /** Whether another place is up, so that this one may be given up for being slow. */
  isAnotherUp(than: PooledPlace): boolean;
  /** Within what the slowest of the other places usually answers, in milliseconds; undefined where none is known. */
  othersUsualMs(than: PooledPlace): number | undefined;
  /** Whether no picture came for a while. */
  isIdle(): boolean;
  /** Where pictures can go is not what it was. */
  changed(): void;
}

interface OpenTry {
  readonly isTrial: boolean;
  readonly startedMs: number;
  /** Pictures that the place had, this one included. */
  readonly inFlight: number;
  onEnd(end: TryEnd): void;
  leave(): void;
  stopLimit(): void;
}

/** One place as its pool sees it: the pictures that it has, how fast it answers, and whether it is trusted with more. */
export class PooledPlace {
  readonly place: Place;
  readonly #around: Surroundings;
  readonly #trust: PlaceTrust;
  readonly #pace: PlacePace;
  readonly #watch: PlaceWatch;
  readonly #tries = new Set<OpenTry>();
  readonly #counts = { asked: 0, failed: 0, hedged: 0 };
  #stopBusy: () => void = () => undefined;
  #answeredAtMs = Number.NEGATIVE_INFINITY;

  constructor(place: Place, around: Surroundings) {
    const { settings } = around;
    this.place = place;
    this.#around = around;
    this.#trust = new PlaceTrust(settings, place.maxInFlight);
    this.#pace = new PlacePace(settings, () => around.othersUsualMs(this));
    this.#watch = new PlaceWatch({
      settings,
      checkHealth: place.checkHealth,
      phase: () => this.#trust.phase,
      pauseMs: () => this.#trust.pauseMs,
      isIdle: () => around.isIdle(),
      onAlive: () => {
        this.#trust.noteAlive();
        around.changed();
      },
      onCheckFailed: (failure, isSilent) => {
        const isAlone = isSilent && !around.isAnotherUp(this);
        if (this.#trust.noteCheckFailed(failure, isAlone)) this.#wentOut(isSilent);
        around.changed();
      },
    });
  }

  get isUp(): boolean {
    return this.#trust.state === 'up';
  }

  /** Whether it could be sent a picture if it had room: it is up, or a picture may find out. */
  get isAskable(): boolean {
    return this.#trust.phase !== 'open';
  }

  /** Whether it can be sent a picture now. */
  get hasRoom(): boolean {
    if (this.#trust.phase !== 'half-open') return this.#tries.size < this.#trust.allowance;
    return ![...this.#tries].some(({ isTrial }) => isTrial);
  }

  /** Pictures that it would have with one more; a place that did badly lately counts each more than once. */
  get load(): number {
    return (this.#tries.size + 1) * this.#trust.penalty;
  }

  /** What an answer takes these days, in milliseconds; undefined where that is not known. */
  get typicalMs(): number | undefined {
    return this.#pace.typicalMs();
  }

  /** Within what nearly every answer comes, in milliseconds; undefined before the first. */
  get usualMs(): number | undefined {
    return this.#pace.usualMs();
  }

  /** When it wants to be asked again, in milliseconds, while it starts. */
  get startPaceMs(): number | undefined {
    return this.#trust.startPaceMs;
  }

  /** Why it is out. */
  get fault(): Failure | undefined {
    return this.#trust.fault;
  }

  /** When it last answered, in the clock's milliseconds. */
  get answeredAtMs(): number {
    return this.#answeredAtMs;
  }

  stats(): PlaceStats {
    const { name, kind } = this.place;
    const p95Ms = this.#pace.p95Ms();
    return {
      name,
      kind,
      state: this.#trust.state,
      inFlight: this.#tries.size,
      ...this.#counts,
      ...(p95Ms === undefined ? {} : { p95Ms }),
    };
  }

  /** Sends it a picture; call it only while it has room. */
  send(request: PredictRequest, { isHedge, onEnd }: SendOptions): PlaceTry {
    this.#counts.asked += 1;
    if (isHedge) this.#counts.hedged += 1;
    const entry: OpenTry = {
      isTrial: this.#trust.phase === 'half-open',
      startedMs: this.#around.settings.clock.nowMs(),
      inFlight: this.#tries.size + 1,
      onEnd,
      leave: startWork(
        (signal) => this.place.predictor.predict(request, signal),
        (outcome) => this.#ended(entry, outcome),
      ),
      stopLimit: () => undefined,
    };
    this.#tries.add(entry);
    this.#limit(entry);
    return {
      place: this,
      isTrial: entry.isTrial,
      // A place that failed may fail again: its picture waits for it only a moment.
      hedgeAfterMs: entry.isTrial
        ? this.#around.settings.hedgeLeastMs
        : this.#pace.hedgeAfterMs(entry.inFlight),
      end: (reason) => this.#end(entry, reason),
    };
  }

  /** Another place answered a picture well of which this one made nonsense. */
  blame(): void {
    if (this.#trust.noteFailed(true)) this.#wentOut(false);
  }

  /** A picture came: what is not watched while there are none is watched again. */
  wake(): void {
    this.#watch.wake();
  }

  /** Ends every try and every timer. */
  close(): void {
    this.#watch.stop();
    this.#stopBusy();
    for (const entry of [...this.#tries]) this.#remove(entry);
  }

  #ended(entry: OpenTry, outcome: Outcome<Prediction>): void {
    entry.stopLimit();
    this.#tries.delete(entry);
    if ('value' in outcome) {
      this.#noteAnswer(entry);
      entry.onEnd({ prediction: outcome.value });
    } else {
      const failure = failureOf(outcome.error);
      this.#noteFailure(entry, failure);
      entry.onEnd({ failure });
    }
    this.#around.changed();
  }

  #end(entry: OpenTry, reason: EndReason): void {
    if (!this.#tries.has(entry) || (entry.isTrial && reason !== 'abandoned')) return;
    this.#remove(entry);
    if (reason === 'overtaken') {
      this.#pace.noteOvertaken(this.#msSince(entry), entry.inFlight);
      if (this.#trust.noteOvertaken(!this.#around.isAnotherUp(this))) this.#wentOut(true);
    }
    this.#around.changed();
  }

  #remove(entry: OpenTry): void {
    entry.stopLimit();
    this.#tries.delete(entry);
    entry.leave();
  }

  #limitMs({ isTrial, inFlight, startedMs }: OpenTry): number {
    const limitMs = this.#pace.limitMs(inFlight);
    // It answers others: rather busy than frozen.
    if (this.#answeredAtMs > startedMs) return 2 * limitMs;
    if (!isTrial || this.#around.isAnotherUp(this)) return limitMs;
    // Nobody else could answer, and a place that starts may hold its first picture for long.
    return Math.max(limitMs, this.#around.settings.tryStartMs);
  }

  /** Ends it when it takes too long, by what is known of the place by then. */
  #limit(entry: OpenTry): void {
    const { clock, tryLeastMs, hedgeStartMs } = this.#around.settings;
    const leftMs = Math.max(this.#limitMs(entry) - this.#msSince(entry), tryLeastMs / 2);
    entry.stopLimit = clock.after(Math.min(leftMs, hedgeStartMs), () => {
      const isLate = this.#msSince(entry) >= this.#limitMs(entry);
      // While nobody else can answer, waiting is all that is left.
      if (isLate && (entry.isTrial || this.#around.isAnotherUp(this))) this.#giveUp(entry);
      else this.#limit(entry);
    });
  }

  #giveUp(entry: OpenTry): void {
    this.#remove(entry);
    this.#pace.noteTooLong();
    this.#counts.failed += 1;
    if (this.#trust.noteFailed(entry.isTrial)) this.#wentOut(true);
    entry.onEnd({ failure: silenceOf(this.place) });
    this.#around.changed();
  }

  #noteAnswer(entry: OpenTry): void {
    if (entry.isTrial) this.#pace.forget();
    this.#pace.noteAnswer(this.#msSince(entry), entry.inFlight);
    this.#answeredAtMs = this.#around.settings.clock.nowMs();
    this.#trust.noteAnswer(entry.isTrial);
    if (entry.isTrial) this.#watch.follow();
  }

  #noteFailure({ isTrial }: OpenTry, failure: Failure): void {
    const { kind, error } = failure;
    if (kind !== 'picture') this.#counts.failed += 1;
    if (kind === 'starting') {
      this.#trust.noteStarting(error);
      this.#watch.follow();
    } else if (kind === 'failing') {
      if (this.#trust.noteFailed(isTrial, failure)) this.#wentOut(false);
    } else if (kind !== 'suspect') {
      this.#trust.noteSound(isTrial);
      if (isTrial) this.#watch.follow();
      if (kind === 'busy') this.#noteBusy(error);
    }
  }

  #noteBusy(error: DioramaError): void {
    const { changed, settings } = this.#around;
    this.#stopBusy();
    this.#stopBusy = settings.clock.after(this.#trust.noteBusy(error), changed);
  }

  /** Pictures that a silent place has go elsewhere at once; one that answers nonsense may answer those well. */
  #wentOut(isSilent: boolean): void {
    this.#watch.follow();
    for (const entry of isSilent ? [...this.#tries] : []) {
      this.#remove(entry);
      entry.onEnd({ failure: silenceOf(this.place) });
    }
    this.#around.changed();
  }

  #msSince({ startedMs }: OpenTry): number {
    return this.#around.settings.clock.nowMs() - startedMs;
  }
}

function silenceOf({ name }: Place): Failure {
  const error = new DioramaError('PREDICTOR_UNAVAILABLE', `${name} did not answer in time.`);
  return { kind: 'failing', error, isLasting: false };
}
