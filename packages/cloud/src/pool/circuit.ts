import {
  CircuitState,
  ConsecutiveBreaker,
  CountBreaker,
  ExponentialBackoff,
  type IBackoff,
} from 'cockatiel';

/** `closed`: pictures go there. `open`: none do, for a while. `half-open`: one may, and decides. */
export type CircuitPhase = 'closed' | 'open' | 'half-open';

export interface CircuitOptions {
  /** The first pause and the longest one, in milliseconds. */
  readonly pauseLeastMs: number;
  readonly pauseMostMs: number;
  /** 0 to 1, evenly. */
  readonly random: () => number;
}

/** So many failures one after another open it, or more than half of the last twenty tries. */
const MOST_IN_A_ROW = 3;
const SHARE = { threshold: 0.5, size: 20, minimumNumberOfCalls: 10 };
/** Answers in a row after which earlier pauses are forgotten: a place that comes and goes must not come back quickly. */
const PROVEN_AFTER = 20;

/**
 * Whether a place is trusted with pictures. It holds no timer: whoever has it waits `pauseMs` and calls `tryAgain`.
 * The counting and the growing of pauses are cockatiel's.
 */
export class Circuit {
  readonly #options: CircuitOptions;
  #breakers = newBreakers();
  #phase: CircuitPhase = 'closed';
  #pause: IBackoff<unknown> | undefined;
  #answersInRow = 0;

  constructor(options: CircuitOptions) {
    this.#options = options;
  }

  get phase(): CircuitPhase {
    return this.#phase;
  }

  /** How long it should stay open after its latest failure, in milliseconds. */
  get pauseMs(): number {
    return this.#pause?.duration ?? 0;
  }

  noteSuccess(): void {
    if (this.#phase !== 'closed') this.#breakers = newBreakers();
    this.#phase = 'closed';
    for (const breaker of this.#breakers) breaker.success(CircuitState.Closed);
    this.#answersInRow += 1;
    if (this.#answersInRow >= PROVEN_AFTER) this.#pause = undefined;
  }

  /** Whether this failure opened it. What fails while it is open was sent before, and says nothing new. */
  noteFailure(): boolean {
    if (this.#phase === 'open') return false;
    this.#answersInRow = 0;
    // Each of them has to hear of it.
    const opens = this.#breakers.map((breaker) => breaker.failure(CircuitState.Closed));
    if (this.#phase === 'closed' && !opens.includes(true)) return false;
    this.open();
    return true;
  }

  /** Opens it whatever was counted; the pause is longer each time it did not help. */
  open(): void {
    this.#phase = 'open';
    this.#pause = this.#pause ? this.#pause.next(undefined) : this.#firstPause();
    this.#answersInRow = 0;
  }

  /** Opens it without blame, for as long as whoever holds it knows. */
  hold(): void {
    this.#phase = 'open';
  }

  /** The pause is over: one picture may go there. */
  tryAgain(): void {
    if (this.#phase === 'open') this.#phase = 'half-open';
  }

  #firstPause(): IBackoff<unknown> {
    const { pauseLeastMs, pauseMostMs, random } = this.#options;
    // Half of it by chance: all of it would also ask a place again that only just failed.
    return new ExponentialBackoff<number>({
      initialDelay: pauseLeastMs,
      maxDelay: pauseMostMs,
      generator: (turn = 0, { initialDelay, maxDelay }) => {
        const delayMs = Math.min(maxDelay, initialDelay * 2 ** turn);
        return [(delayMs * (1 + random())) / 2, turn + 1];
      },
    }).next();
  }
}

function newBreakers() {
  return [new ConsecutiveBreaker(MOST_IN_A_ROW), new CountBreaker(SHARE)];
}
