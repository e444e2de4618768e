/** How fast a spring follows, 1/s. */
const STIFFNESS = 11;
/** So near to its aim, nothing on a screen would change. */
const NEAR = 2e-4;

/** A value that follows its aim softly and never past it: a critically damped spring, solved exactly for each step. */
export class Spring {
  value: number;
  aim: number;
  #speed = 0;

  constructor(start = 0) {
    this.value = start;
    this.aim = start;
  }

  get isResting(): boolean {
    return Math.abs(this.value - this.aim) < NEAR && Math.abs(this.#speed) < NEAR * STIFFNESS;
  }

  /** Goes on by some seconds. */
  advance(seconds: number): void {
    const off = this.value - this.aim;
    const pull = this.#speed + STIFFNESS * off;
    const fade = Math.exp(-STIFFNESS * seconds);
    this.value = this.aim + (off + pull * seconds) * fade;
    this.#speed = (this.#speed - STIFFNESS * pull * seconds) * fade;
    if (this.isResting) this.jump(this.aim);
  }

  /** Is there at once. */
  jump(to: number): void {
    this.aim = to;
    this.value = to;
    this.#speed = 0;
  }
}
