import { PhotoWorker } from './photo-worker.ts';

/** Devices that say that they have less keep no worker in reserve. */
const LEAST_MEMORY_GB = 2;

/** One worker that waits, warm, for the next photo. */
export class SpareWorker {
  #worker: PhotoWorker | undefined;
  #warming: AbortController | undefined;

  /** Starts one if none waits. Never throws: a photo that finds none starts its own. */
  prepare(): void {
    const { deviceMemory = LEAST_MEMORY_GB } = navigator as { readonly deviceMemory?: number }; // not in every browser
    if (this.#worker || deviceMemory < LEAST_MEMORY_GB) return;
    const worker = new PhotoWorker();
    const warming = new AbortController();
    this.#worker = worker;
    this.#warming = warming;
    // Cut short by a photo, or crashed: either is seen when it is taken.
    worker.ask('warm', {}, { signal: warming.signal }).catch(() => undefined);
  }

  /** The one that waits, or a new one; from now on the caller's. */
  take(): PhotoWorker {
    this.#warming?.abort();
    const waiting = this.#worker;
    this.#worker = undefined;
    return waiting && !waiting.hasCrashed ? waiting : new PhotoWorker();
  }

  dispose(): void {
    this.#worker?.dispose();
    this.#worker = undefined;
  }
}
