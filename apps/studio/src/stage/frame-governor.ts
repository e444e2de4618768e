/** Intervals between pictures, in ms: above the first, 24 a second are in danger; below the second there is room. */
const SLOW_MS = 36;
const QUICK_MS = 21;
/** A pause between pictures, of which nothing is to be learnt. */
const PAUSE_MS = 400;
const SLOW_FRAMES = 5;
const QUICK_FRAMES = 90;
const LEAST_SCALE = 0.4;

/** Lowers the resolution of what moves until it moves smoothly, and raises it again where there is room. */
export class FrameGovernor {
  #scale = 1;
  #slow = 0;
  #quick = 0;
  /** A scale at which it was too slow is not tried again. */
  #most = 1;

  /** 0.4..1 of the resolution wished for. */
  get scale(): number {
    return this.#scale;
  }

  /** Takes in the time from one picture to the next. */
  note(intervalMs: number): void {
    if (intervalMs > PAUSE_MS) return;
    this.#slow = intervalMs > SLOW_MS ? this.#slow + 1 : Math.max(0, this.#slow - 0.5);
    this.#quick = intervalMs < QUICK_MS ? this.#quick + 1 : 0;
    if (this.#slow >= SLOW_FRAMES && this.#scale > LEAST_SCALE) {
      this.#most = Math.max(LEAST_SCALE, this.#scale * 0.93);
      this.#set(this.#scale * 0.85);
    } else if (this.#quick >= QUICK_FRAMES && this.#scale < this.#most) {
      this.#set(Math.min(this.#most, this.#scale * 1.1));
    }
  }

  #set(scale: number): void {
    this.#scale = Math.min(1, Math.max(LEAST_SCALE, scale));
    this.#slow = 0;
    this.#quick = 0;
  }
}
