import type { CircuitPhase } from './circuit.ts';
import { type Failure, failureOf } from './failure.ts';
import { startWork } from './leavable-work.ts';
import type { PoolSettings } from './pool-options.ts';

/** What is watched. */
export interface Watched {
  readonly settings: PoolSettings;
  /** Absent where only pictures can tell. */
  readonly checkHealth: ((signal: AbortSignal) => Promise<void>) | undefined;
  phase(): CircuitPhase;
  /** How long it is left alone from now on, in milliseconds. */
  pauseMs(): number;
  /** Whether no picture came for a while: checking could keep a place awake that nobody needs. */
  isIdle(): boolean;
  /** It answered a check; or its pause is over, and it has none. */
  onAlive(): void;
  /** `isSilent`: it did not answer in time. */
  onCheckFailed(failure: Failure, isSilent: boolean): void;
}

/** A place that is out is checked so often at least: asking costs nobody anything, and it may be back. */
const RECHECK_MS = 1_000;

/** Checks a place while it is up, and after each pause while it is out or starts. */
export class PlaceWatch {
  readonly #watched: Watched;
  #isRunning = false;
  #dueAtMs = 0;
  #stopTimer: () => void = () => undefined;
  #leaveCheck: () => void = () => undefined;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** Goes on where it stopped for want of pictures. */
  wake(): void {
    if (this.#isRunning) return;
    const phase = this.#watched.phase();
    if (phase === 'closed') this.follow();
    if (phase === 'open') this.#schedule(this.#dueAtMs - this.#watched.settings.clock.nowMs());
  }

  /** The place is trusted otherwise than before: it is watched by that from now on. */
  follow(): void {
    this.stop();
    const { settings, checkHealth } = this.#watched;
    const phase = this.#watched.phase();
    if (phase === 'open') {
      this.#schedule(this.#watched.pauseMs());
    } else if (phase === 'closed' && checkHealth) {
      // Gateways that started together must not check together.
      this.#schedule(settings.checkEveryMs * (0.8 + 0.4 * settings.random()));
    }
  }

  /** Only what pictures found out makes pauses longer, so that one that is back gets some soon. */
  #followCheck(): void {
    if (this.#watched.phase() !== 'open') this.follow();
    else this.#schedule(Math.min(this.#watched.pauseMs(), RECHECK_MS));
  }

  stop(): void {
    this.#stopTimer();
    this.#leaveCheck();
    this.#isRunning = false;
  }

  #schedule(delayMs: number): void {
    const { clock } = this.#watched.settings;
    this.#isRunning = true;
    this.#dueAtMs = clock.nowMs() + delayMs;
    this.#stopTimer();
    this.#stopTimer = clock.after(delayMs, () => this.#turn());
  }

  #turn(): void {
    if (this.#watched.isIdle()) {
      this.#isRunning = false;
      return;
    }
    const { checkHealth, onAlive } = this.#watched;
    if (checkHealth) this.#check(checkHealth);
    else {
      this.#isRunning = false;
      onAlive();
    }
  }

  #check(checkHealth: (signal: AbortSignal) => Promise<void>): void {
    const { settings, onAlive, onCheckFailed } = this.#watched;
    const leave = startWork(checkHealth, (outcome) => {
      stopTimeout();
      const failure = 'error' in outcome ? failureOf(outcome.error) : undefined;
      // Too much to do is a sign of life.
      if (!failure || failure.kind === 'busy') onAlive();
      else onCheckFailed(failure, false);
      this.#followCheck();
    });
    const stopTimeout = settings.clock.after(settings.checkTimeoutMs, () => {
      leave();
      onCheckFailed(failureOf(undefined), true);
      this.#followCheck();
    });
    this.#leaveCheck = () => {
      stopTimeout();
      leave();
    };
  }
}
