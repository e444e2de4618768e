/** From a session worker, besides `MessageToOwner`: whether a thread that it asked for is not there yet. */
export interface ThreadsMessage {
  readonly kind: 'threads';
  readonly areAwaited: boolean;
}

/**
 * Tells whenever threads are begun to be waited for, and when all are there. ONNX Runtime waits for them without end, and
 * in Firefox (seen in 153) one in fifty workers inside a worker never says a word, or does not let go of who makes it.
 * What is told is free of downloads and compiling: a thread is given its work when both are done, and answers at once.
 */
export function watchThreads(tell: (message: ThreadsMessage) => void): void {
  const OwnWorker = globalThis.Worker;
  let awaited = 0;
  const count = (change: 1 | -1): void => {
    const wereAwaited = awaited > 0;
    awaited += change;
    const areAwaited = awaited > 0;
    if (areAwaited !== wereAwaited) tell({ kind: 'threads', areAwaited });
  };
  globalThis.Worker = class extends OwnWorker {
    #isGivenWork = false;

    constructor(url: string | URL, options?: WorkerOptions) {
      // Told before: whoever is not let go of says no more.
      count(1);
      try {
        super(url, options);
      } finally {
        count(-1);
      }
    }

    override postMessage(
      message: unknown,
      how?: Transferable[] | StructuredSerializeOptions,
    ): void {
      if (!this.#isGivenWork) {
        this.#isGivenWork = true;
        count(1);
        this.addEventListener('message', () => count(-1), { once: true });
      }
      // Either of both is taken; the types say so of each alone.
      super.postMessage(message, how as Transferable[]);
    }
  };
}
