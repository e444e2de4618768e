/** A slider that nobody moved for so long was let go, even if it did not say so. */
const LET_GO_MS = 600;
/** A hand that does nothing for so long between two strokes rests. */
const REST_MS = 300;

/** Whether a hand is moving something now, as a slider on its way. Waits end at once when something happens. */
export class Gesture {
  #isOn = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #waiting = new Set<() => void>();

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Something changed; `isMoving` while more of the same is to come. */
  go(isMoving: boolean): void {
    clearTimeout(this.#timer);
    this.#isOn = isMoving;
    if (isMoving) this.#timer = setTimeout(() => this.end(), LET_GO_MS);
    this.#wake();
  }

  /** The hand let go. */
  end(): void {
    clearTimeout(this.#timer);
    this.#isOn = false;
    this.#wake();
  }

  /** Until something happens. */
  pause(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  /** Until nothing has happened for a moment, or something does. */
  async rest(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rested = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, REST_MS);
    });
    await Promise.race([rested, this.pause()]);
    clearTimeout(timer);
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
