/**
 * A batch that failed, while its pictures are run again, each alone, to find out whose fault it was: one picture's, or
 * of their number.
 */
export class BatchDoubt {
  readonly #onTooLarge: () => void;
  #unsure: number;
  #isPictureAtFault = false;

  /** `onTooLarge` is called when all of that many pictures succeed alone. */
  constructor(pictures: number, onTooLarge: () => void) {
    this.#unsure = pictures;
    this.#onTooLarge = onTooLarge;
  }

  /** Takes in how one picture fared alone. */
  settle(how: 'answered' | 'failed'): void {
    this.#unsure -= 1;
    this.#isPictureAtFault ||= how === 'failed';
    if (this.#unsure === 0 && !this.#isPictureAtFault) this.#onTooLarge();
  }
}
