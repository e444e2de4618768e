/** Hedges that may come at once after a quiet time. */
const MOST = 10;
/** Hedges that may come before any picture earned one: the first place can be the frozen one. */
const AT_FIRST = 3;

/** How many pictures may be sent to a second place while the first has not answered: a share of all. */
export class HedgeBudget {
  readonly #share: number;
  #left = AT_FIRST;

  /** `share`: hedges for each picture, 0 to 1; 0 is none at all. */
  constructor(share: number) {
    this.#share = share;
    if (share === 0) this.#left = 0;
  }

  /** A picture came. */
  earn(): void {
    this.#left = Math.min(MOST, this.#left + this.#share);
  }

  /** Whether one more may be sent; it counts as sent then. */
  take(): boolean {
    // Tenths do not add up exactly.
    if (this.#left < 1 - 1e-9) return false;
    this.#left -= 1;
    return true;
  }
}
