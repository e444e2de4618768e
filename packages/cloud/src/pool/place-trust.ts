import type { DioramaError } from '@diorama/core';
import type { PlaceStats } from '@diorama/runtime';
import { Circuit } from './circuit.ts';
import { type Failure, retryAfterMsOf } from './failure.ts';
import type { PoolSettings } from './pool-options.ts';

/** Overtaken so often, without an answer in between, a place is taken for frozen. */
const MOST_OVERTAKEN = 3;
/** Checks that fail one after another until the place is out. */
const MOST_CHECKS_FAILED = 2;
/** When a place that starts, or has too much to do, is asked again where it does not say. */
const START_PACE_MS = 5_000;
const BUSY_PACE_MS = 100;
const LONGEST_PACE_MS = 30_000;
/** For so long a try that went wrong makes a place the second choice: it must come to be asked again. */
const WARY_MS = 1_000;
/** How much more a place may have after an answer, once it had to have less. */
const GAINED = 0.5;

/** Whether a place is sent pictures, and how many at once, by what became of those before. */
export class PlaceTrust {
  readonly #settings: PoolSettings;
  readonly #circuit: Circuit;
  readonly #most: number;
  #allowance: number;
  #startPaceMs: number | undefined;
  #busyUntilMs = Number.NEGATIVE_INFINITY;
  #overtakenInRow = 0;
  #failedInRow = 0;
  #checksFailed = 0;
  #wentWrongAtMs = Number.NEGATIVE_INFINITY;
  #fault: Failure | undefined;

  /** `maxInFlight`: pictures that the place may have at once. */
  constructor(settings: PoolSettings, maxInFlight: number) {
    this.#settings = settings;
    this.#circuit = new Circuit(settings);
    this.#most = maxInFlight;
    this.#allowance = maxInFlight;
  }

  get phase() {
    return this.#circuit.phase;
  }

  get state(): PlaceStats['state'] {
    if (this.#startPaceMs !== undefined) return 'starting';
    return this.phase === 'closed' ? 'up' : 'out';
  }

  /** Pictures that it may have at once now, not counting trials; 0 while it is busy or not up. */
  get allowance(): number {
    const isBusy = this.#settings.clock.nowMs() < this.#busyUntilMs;
    return isBusy || this.phase !== 'closed' ? 0 : Math.floor(this.#allowance);
  }

  /** 1 where nothing went wrong just now, more for each try in a row that did. */
  get penalty(): number {
    const ageMs = this.#settings.clock.nowMs() - this.#wentWrongAtMs;
    return ageMs > WARY_MS ? 1 : 1 + this.#overtakenInRow + this.#failedInRow;
  }

  /** When it wants to be asked again, in milliseconds, while it starts. */
  get startPaceMs(): number | undefined {
    return this.#startPaceMs;
  }

  /** Why it is out. */
  get fault(): Failure | undefined {
    return this.phase === 'open' ? this.#fault : undefined;
  }

  /** How long it is left alone from now on, in milliseconds. */
  get pauseMs(): number {
    if (this.#startPaceMs === undefined) return this.#circuit.pauseMs;
    return this.#startPaceMs * (1 + this.#settings.random() / 4);
  }

  noteAnswer(isTrial: boolean): void {
    this.#fault = undefined;
    this.noteSound(isTrial);
    this.#allowance = Math.min(this.#most, this.#allowance + GAINED);
  }

  /** It does what it should, as far as a try can tell. What was sent before it failed does not tell that it is back. */
  noteSound(isTrial: boolean): void {
    this.#overtakenInRow = 0;
    this.#failedInRow = 0;
    this.#checksFailed = 0;
    const { phase } = this;
    if (phase === 'open' || (phase === 'half-open' && !isTrial)) return;
    this.#circuit.noteSuccess();
    if (phase === 'closed') return;
    this.#startPaceMs = undefined;
    this.#allowance = 1;
  }

  /** It has too much to do. Gives for how long it is left alone, in milliseconds. */
  noteBusy(error: DioramaError): number {
    const paceMs = Math.min(LONGEST_PACE_MS, retryAfterMsOf(error) ?? BUSY_PACE_MS);
    const waitMs = paceMs * (1 + this.#settings.random() / 4);
    this.#allowance = Math.max(1, this.#allowance / 2);
    this.#busyUntilMs = this.#settings.clock.nowMs() + waitMs;
    return waitMs;
  }

  /** It is not there yet, which is no fault. */
  noteStarting(error: DioramaError): void {
    this.#startPaceMs = Math.min(LONGEST_PACE_MS, retryAfterMsOf(error) ?? START_PACE_MS);
    this.#circuit.hold();
  }

  /** A try failed; it put the place out where this says so. */
  noteFailed(isTrial: boolean, fault?: Failure): boolean {
    if (this.phase === 'half-open' && !isTrial) return false;
    this.#fault = fault;
    this.#failedInRow += 1;
    this.#wentWrongAtMs = this.#settings.clock.nowMs();
    if (!this.#circuit.noteFailure()) return false;
    this.#wentOut();
    return true;
  }

  /** Another place answered sooner. Out for it, as it says then, is only a place that is not alone. */
  noteOvertaken(isAlone: boolean): boolean {
    this.#overtakenInRow += 1;
    this.#wentWrongAtMs = this.#settings.clock.nowMs();
    if (this.#overtakenInRow < MOST_OVERTAKEN || this.phase !== 'closed' || isAlone) return false;
    this.#circuit.open();
    this.#wentOut();
    return true;
  }

  /** It says that it lives: after a pause, a picture may find out. */
  noteAlive(): void {
    this.#checksFailed = 0;
    this.#circuit.tryAgain();
  }

  /** A check failed; it put the place out where this says so. Silence counts only against one that is not alone. */
  noteCheckFailed(fault: Failure, isSilentAlone: boolean): boolean {
    if (fault.kind === 'starting') {
      this.noteStarting(fault.error);
      return false;
    }
    if (this.phase === 'open') {
      this.#wentOut();
      return false;
    }
    this.#checksFailed += 1;
    if (this.#checksFailed < MOST_CHECKS_FAILED || this.phase !== 'closed') return false;
    if (isSilentAlone) return false;
    this.#circuit.open();
    this.#wentOut();
    return true;
  }

  #wentOut(): void {
    this.#startPaceMs = undefined;
    this.#overtakenInRow = 0;
    this.#failedInRow = 0;
    this.#checksFailed = 0;
  }
}
