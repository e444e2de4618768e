import { PhotoWorker } from './photo-worker.ts';

/** Devices that say that they have less keep no worker in reserve. */
const LEAST_MEMORY_GB = 2;

/** Long enough for a person to have begun something that should not be slowed down. */
const LATER_MS = 4000;

/** One worker that waits, warm, for the next photo. */
export class SpareWorker {
  #worker: PhotoWorker | undefined;
  #warming: AbortController | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;

  /** Starts one when the page has been left alone for a while: it takes a second or two of a processor. */
  prepareLater(): void {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.prepare(), LATER_MS);
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
    // Cut short by a photo, or crashed: either is seen when it is taken.
    await worker.ask('warm', {}, { signal: warming.signal }).catch(() => undefined);
  }

  /** The one that waits, or a new one; from now on the caller's. */
  take(): PhotoWorker {
    clearTimeout(this.#later);
    this.#warming?.abort();
    const waiting = this.#worker;
    this.#worker = undefined;
    return waiting && !waiting.hasCrashed ? waiting : new PhotoWorker();
  }

  dispose(): void {
    clearTimeout(this.#later);
    this.#worker?.dispose();
    this.#worker = undefined;
  }
}
