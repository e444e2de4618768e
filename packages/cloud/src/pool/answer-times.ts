/** Answers that are remembered. */
const KEPT = 64;
/** From so many on their 95th percentile means something. */
const ENOUGH = 10;
/** Before that, so many times the longest one is taken for usual. */
const DOUBT = 2;
/** A bad hour leaves a few very long answers; more than this many times the middle one is not usual. */
const WIDEST = 5;

interface AnswerTime {
  readonly ms: number;
  /** Pictures that the place had when this one was sent, this one included. */
  readonly inFlight: number;
}

/** How long a place took for its latest answers. */
export class AnswerTimes {
  readonly #times: AnswerTime[] = [];

  /** Takes in an answer; also one that was given up, which took at least so long. */
  note(ms: number, inFlight: number): void {
    this.#times.push({ ms, inFlight });
    if (this.#times.length > KEPT) this.#times.shift();
  }

  /** 95 of 100 answers came within it; undefined before there are enough of them. */
  p95Ms(): number | undefined {
    if (this.#times.length < ENOUGH) return undefined;
    return quantile(
      this.#times.map(({ ms }) => ms),
      0.95,
    );
  }

  /** The middle one; undefined before the first. */
  medianMs(): number | undefined {
    if (this.#times.length === 0) return undefined;
    return quantile(
      this.#times.map(({ ms }) => ms),
      0.5,
    );
  }

  /** Within what nearly every answer comes, as far as can be told; undefined before the first. */
  usualMs(): number | undefined {
    const medianMs = this.medianMs();
    if (medianMs === undefined) return undefined;
    const p95Ms = this.p95Ms();
    if (p95Ms !== undefined) return Math.min(p95Ms, WIDEST * medianMs);
    return DOUBT * Math.max(...this.#times.map(({ ms }) => ms));
  }

  /** How much longer than these an answer may take, since the place has more to do than it had then; 1 and above. */
  stretch(inFlight: number): number {
    if (this.#times.length === 0) return 1;
    const usual = quantile(
      this.#times.map((time) => time.inFlight),
      0.5,
    );
    return Math.max(1, inFlight / usual);
  }

  /** What was is no more: the place came back. */
  forget(): void {
    this.#times.length = 0;
  }
}

/** The smallest of the values that so large a share of them does not exceed. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
