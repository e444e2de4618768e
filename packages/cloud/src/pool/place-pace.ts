import { AnswerTimes } from './answer-times.ts';
import type { PoolSettings } from './pool-options.ts';

/** A try takes too long at so many times what 95 of 100 answers stay within. */
const TOO_LONG = 4;
/** How far limits grow when tries run into them: a place that became slow must be able to answer. */
const MOST_SLACK = 8;
/** So much longer than the others a place may take before it is known what it takes. */
const BENEFIT_OF_DOUBT = 2;
/** What a place did longer ago says little of how fast it is now. */
const STALE_AFTER_MS = 10_000;

/** How fast a place answers, and by that how long it is waited for. */
export class PlacePace {
  readonly #settings: PoolSettings;
  readonly #othersUsualMs: () => number | undefined;
  readonly #times = new AnswerTimes();
  #slack = 1;
  #notedAtMs = 0;

  /** `othersUsualMs`: of the slowest of the other places, where any is known. */
  constructor(settings: PoolSettings, othersUsualMs: () => number | undefined) {
    this.#settings = settings;
    this.#othersUsualMs = othersUsualMs;
  }

  /** An answer came after so long, beside so many other pictures. */
  noteAnswer(ms: number, inFlight: number): void {
    this.#note(ms, inFlight);
    this.#slack = Math.max(1, this.#slack / 2);
  }

  /** Nobody waited any longer: it would have taken more than so long. */
  noteOvertaken(ms: number, inFlight: number): void {
    this.#note(ms, inFlight);
  }

  /** A try took longer than it may; the next ones may take longer. */
  noteTooLong(): void {
    this.#slack = Math.min(MOST_SLACK, this.#slack * 2);
  }

  /** The place came back, perhaps as another machine. */
  forget(): void {
    this.#times.forget();
    this.#slack = 1;
  }

  p95Ms(): number | undefined {
    return this.#times.p95Ms();
  }

  /** Within what nearly every answer comes; undefined before the first. */
  usualMs(): number | undefined {
    return this.#times.usualMs();
  }

  /** What an answer takes these days; undefined where that is not known. */
  typicalMs(): number | undefined {
    const ageMs = this.#settings.clock.nowMs() - this.#notedAtMs;
    return ageMs > STALE_AFTER_MS ? undefined : this.#times.medianMs();
  }

  /** When another place should be asked, in milliseconds from the sending of a picture. */
  hedgeAfterMs(inFlight: number): number {
    const { hedgeStartMs, hedgeLeastMs } = this.#settings;
    const usualMs = this.#usualFor(inFlight);
    return usualMs === undefined ? hedgeStartMs : Math.max(hedgeLeastMs, usualMs);
  }

  /** How long a try may take, in milliseconds. */
  limitMs(inFlight: number): number {
    const { tryStartMs, tryLeastMs } = this.#settings;
    const usualMs = this.#usualFor(inFlight);
    const mostMs = usualMs === undefined ? tryStartMs : Math.max(tryLeastMs, TOO_LONG * usualMs);
    return mostMs * this.#slack;
  }

  #usualFor(inFlight: number): number | undefined {
    const ownMs = this.#times.usualMs();
    if (ownMs !== undefined) return ownMs * this.#times.stretch(inFlight);
    const othersMs = this.#othersUsualMs();
    return othersMs === undefined ? undefined : othersMs * BENEFIT_OF_DOUBT;
  }

  #note(ms: number, inFlight: number): void {
    this.#times.note(ms, inFlight);
    this.#notedAtMs = this.#settings.clock.nowMs();
  }
}
