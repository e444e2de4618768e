import { PhotoWorker } from './photo-worker.ts';

/** Devices that say that they have less keep no worker in reserve. */
const LEAST_MEMORY_GB = 2;

/** Long enough for a person to have begun something that should not be slowed down. */
const LATER_MS = 4000;

/** One worker that waits, warm, for the next photo. */
export class SpareWorker {
  readonly #onWarm: (isWarm: boolean) => void;
  #worker: PhotoWorker | undefined;
  #warming: AbortController | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;

  /** `onWarm` is told when one waits, and when it is taken. */
  constructor(onWarm: (isWarm: boolean) => void) {
    this.#onWarm = onWarm;
  }

  /** Starts one if none waits; done when it is warm. Never throws: a photo that finds none starts its own. */
  async prepare(): Promise<void> {
    clearTimeout(this.#later);
    const { deviceMemory = LEAST_MEMORY_GB } = navigator as { readonly deviceMemory?: number }; // not in every browser
    if (this.#worker || deviceMemory < LEAST_MEMORY_GB) return;
    const worker = new PhotoWorker();
    const warming = new AbortController();
    this.#worker = worker;
    this.#warming = warming;
    try {
      await worker.ask('warm', {}, { signal: warming.signal });
      if (this.#worker === worker) this.#onWarm(true);
    } catch {
      // Cut short by a photo, or crashed: either is seen when it is taken.
    }
  }

  /** The same when the page has been left alone for a while: it takes a second or two of a processor. */
  prepareLater(): void {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.prepare(), LATER_MS);
  }

  /** The one that waits, or a new one; from now on the caller's. */
  take(): PhotoWorker {
    clearTimeout(this.#later);
    this.#warming?.abort();
    const waiting = this.#worker;
    this.#worker = undefined;
    this.#onWarm(false);
    return waiting && !waiting.hasCrashed ? waiting : new PhotoWorker();
  }

  dispose(): void {
    clearTimeout(this.#later);
    this.#worker?.dispose();
    this.#worker = undefined;
  }
}
