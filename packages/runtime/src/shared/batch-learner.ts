/** Pictures per batch. Few numbers, since a GPU's libraries prepare themselves anew for each. */
const SIZES = [1, 2, 4, 8, 16, 32] as const;
/** A larger batch has to be so much better than the next smaller one: less is noise. */
const WORTH = 1.05;
/** Measured so often, a size is known. */
const KNOWN_RUNS = 3;
/** The middle one of so many last runs counts, so that one that was disturbed does not. */
const KEPT_RUNS = 7;
/** After so many runs the sizes beside the best are measured again: what a machine is good for changes. */
const FORGET_AFTER_RUNS = 200;
/** Nobody's picture is part of a run that is expected to take longer. */
const LONGEST_RUN_MS = 1_000;
/** Shapes whose first run is remembered to be over. */
const MOST_SHAPES = 1_000;

/** The largest batch that so many pictures can make, of at most `most`; at least 1. */
export function largestBatch(pictures: number, most: number): number {
  return SIZES.findLast((size) => size <= Math.min(pictures, most)) ?? 1;
}

/**
 * How many pictures are best run together, learnt from how long runs take. It begins with one, and tries twice as many
 * for as long as that makes a session's pictures per second more than 5 % better; then the best so far is used, and its
 * neighbours are measured again every 200 runs. A run is never expected to take longer than a second. Times are held
 * per pixel, since pictures have many sizes. (Triton's batcher has sizes and delay as settings; BentoML's learns both
 * by regression over all batches, which one slow run sways; doubling and medians need fewer runs to be right.)
 */
export class BatchLearner {
  readonly #pixelsPerMs = new Map<number, number[]>();
  readonly #shapes = new Set<string>();
  #most: number = SIZES[SIZES.length - 1] ?? 1;
  #runs = 0;

  /** How many pictures of so many pixels each are best run together, as far as is known; or worth finding out. */
  sizeFor(pixels: number): number {
    let best = 1;
    for (const size of SIZES) {
      const isTooLong = size > 1 && this.#expectedMs(size / 2, pixels) * 2 > LONGEST_RUN_MS;
      if (size > this.#most || isTooLong) break;
      const rate = this.#rateOf(size);
      if (rate === undefined) return size;
      if (size > 1 && rate <= (this.#rateOf(best) ?? 0) * WORTH) break;
      best = size;
    }
    return best;
  }

  /**
   * How long a session may wait for pictures that are known to be coming, in milliseconds: never longer than it saves
   * by running them together with those that wait. Nothing while the times of the sizes in question are not known.
   */
  worthMs(waiting: number, coming: number, pixels: number): number {
    const size = largestBatch(waiting + coming, this.sizeFor(pixels));
    if (size <= waiting) return 0;
    const apart = this.#serveMs(waiting, pixels) + this.#serveMs(size - waiting, pixels);
    const together = this.#expectedMs(size, pixels);
    const saved = apart - together;
    return saved > 0 && Number.isFinite(saved) ? saved : 0;
  }

  /** Takes in how long a run took. The first of a shape prepares what later ones have, and does not count. */
  note(
    size: number,
    { width, height }: { readonly width: number; readonly height: number },
    ms: number,
  ): void {
    const shape = `${size}x${width}x${height}`;
    if (!this.#shapes.has(shape)) {
      if (this.#shapes.size >= MOST_SHAPES) this.#shapes.clear();
      this.#shapes.add(shape);
      return;
    }
    const rates = this.#pixelsPerMs.get(size) ?? [];
    rates.push((size * width * height) / Math.max(ms, 0.001));
    if (rates.length > KEPT_RUNS) rates.shift();
    this.#pixelsPerMs.set(size, rates);
    this.#runs += 1;
    if (this.#runs % FORGET_AFTER_RUNS === 0) this.#forgetBeside(this.sizeFor(width * height));
  }

  /** Takes in that so many pictures fail together while each of them succeeds alone, as for want of memory. */
  noteTooLarge(size: number): void {
    this.#most = Math.min(this.#most, largestBatch(size / 2, size));
  }

  #forgetBeside(size: number): void {
    this.#pixelsPerMs.delete(size * 2);
    if (size > 1) this.#pixelsPerMs.delete(size / 2);
  }

  /** Pixels per millisecond; undefined while not known. */
  #rateOf(size: number): number | undefined {
    const rates = this.#pixelsPerMs.get(size) ?? [];
    if (rates.length < KNOWN_RUNS) return undefined;
    return [...rates].sort((a, b) => a - b)[rates.length >> 1];
  }

  /** NaN while not known. */
  #expectedMs(size: number, pixels: number): number {
    return (size * pixels) / (this.#rateOf(size) ?? Number.NaN);
  }

  /** So many pictures, in as few batches as it takes. */
  #serveMs(pictures: number, pixels: number): number {
    let ms = 0;
    for (let left = pictures; left > 0; ) {
      const size = largestBatch(left, left);
      ms += this.#expectedMs(size, pixels);
      left -= size;
    }
    return ms;
  }
}
