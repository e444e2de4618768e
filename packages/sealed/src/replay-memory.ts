/** Bytes of a point that tell it from any other: half of its x, which nobody chooses. */
const MARK_FROM = 1;
const MARK_TO = 17;

/** Whether a message came before: `full` where nobody can tell, since no more can be remembered. */
export type Recollection = 'new' | 'known' | 'full';

/**
 * Remembers messages for as long as their time lets them in. They lie in one set for each window of time, so that
 * forgetting them is letting go of a set.
 */
export class ReplayMemory {
  readonly #windowMs: number;
  readonly #most: number;
  readonly #marks = new Map<number, Set<string>>();

  constructor(options: { readonly windowMs: number; readonly most: number }) {
    this.#windowMs = options.windowMs;
    this.#most = options.most;
  }

  /** Messages that are remembered now. */
  get size(): number {
    return [...this.#marks.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Remembers a message by its encapsulated key; the caller has made sure that its time is within the window. */
  note(enc: Uint8Array, sealedAtMs: number, nowMs: number): Recollection {
    this.#forget(nowMs);
    const slot = Math.floor(sealedAtMs / this.#windowMs);
    const mark = String.fromCharCode(...enc.subarray(MARK_FROM, MARK_TO));
    const marks = this.#marks.get(slot) ?? new Set();
    if (marks.has(mark)) return 'known';
    if (this.size >= this.#most) return 'full';
    this.#marks.set(slot, marks.add(mark));
    return 'new';
  }

  #forget(nowMs: number): void {
    const oldest = Math.floor((nowMs - this.#windowMs) / this.#windowMs);
    for (const slot of this.#marks.keys()) if (slot < oldest) this.#marks.delete(slot);
  }
}
