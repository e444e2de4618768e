/** How much a single photo counts for the mean and for the deviation, and how many deviations are left as room. */
const MEAN_STEP = 1 / 8;
const DEVIATION_STEP = 1 / 4;
const DEVIATIONS = 2;
const FIRST_DEVIATION = 0.25;
const LARGEST_FACTOR = 3;

/**
 * How much longer than predicted photos take from their arrival to their answer, on a machine that others may use, too.
 * Learnt as TCP learns how long to wait for an answer (Jacobson, "Congestion avoidance and control", SIGCOMM 1988; RFC 6298).
 */
export class Punctuality {
  #mean = 1;
  #deviation = FIRST_DEVIATION;

  /** What a prediction has to be multiplied with for most photos to be ready by then; 1 to 3. */
  get factor(): number {
    return Math.min(LARGEST_FACTOR, Math.max(1, this.#mean + DEVIATIONS * this.#deviation));
  }

  /** Takes note of one photo. */
  learn(predictedMs: number, actualMs: number): void {
    // One freak must not shut the door for long.
    const ratio = Math.min(actualMs / predictedMs, 2 * LARGEST_FACTOR);
    this.#deviation += DEVIATION_STEP * (Math.abs(ratio - this.#mean) - this.#deviation);
    this.#mean += MEAN_STEP * (ratio - this.#mean);
  }
}
