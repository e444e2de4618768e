import { DioramaError } from '@diorama/core';
import type { MessageToOwner, MessageToWorker } from '../shared/pool-messages.ts';
import type { PortEvents, WorkerPort } from '../shared/worker-port.ts';
import type { ThreadsMessage } from './watch-threads.ts';

/** How long threads may take that were asked for; they are there in some milliseconds. */
const THREADS_WITHIN_MS = 3_000;
/** So many workers are given up for their threads; the one after them has all the time that its pool gives it. */
const MOST_GIVEN_UP = 2;

/** The first message to a page's worker; every later one is a `MessageToWorker`. */
export interface PageWorkerStart {
  readonly kind: 'start';
  readonly data: unknown;
}

export interface PageWorkerOptions {
  /** The bundled session worker; by default the file of that name beside this module. */
  readonly workerUrl: URL | undefined;
  /** What the next worker's `init` is handed, copied but for `transfer`, which moves. */
  readonly nextStart: () => {
    readonly workerData: unknown;
    readonly transfer: readonly Transferable[];
  };
  /** Whether another worker may take the place of one whose threads do not come: not where it was handed all there is. */
  readonly mayStartAgain: boolean;
}

function openWorker(workerUrl: URL | undefined): Worker {
  try {
    if (workerUrl) return new Worker(workerUrl, { type: 'module', name: 'diorama-session' });
    // In these very words, which bundlers look for to find out that the file is a worker.
    return new Worker(new URL('./session-worker.js', import.meta.url), {
      type: 'module',
      name: 'diorama-session',
    });
  } catch (error) {
    const message = 'The browser refuses to start the session worker from its address.';
    throw new DioramaError('CONFIG_INVALID', message, { cause: error });
  }
}

/** A Web Worker. It may be cut off at any moment: no native code runs in it that could take the page along. */
export class PageWorker implements WorkerPort {
  readonly #options: PageWorkerOptions;
  readonly #events: PortEvents;
  #worker: Worker;
  #givenUp = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @throws DioramaError `CONFIG_INVALID` when the browser refuses the address. */
  constructor(options: PageWorkerOptions, events: PortEvents) {
    this.#options = options;
    this.#events = events;
    this.#worker = this.#start();
  }

  #start(): Worker {
    const { workerUrl, nextStart } = this.#options;
    const worker = openWorker(workerUrl);
    worker.onmessage = ({ data }: MessageEvent<MessageToOwner | ThreadsMessage>) => {
      if (data.kind === 'threads') this.#awaitThreads(data);
      else this.#events.onMessage(data);
    };
    worker.onmessageerror = () => this.#events.onGone('It said what cannot be read.');
    worker.onerror = (event) => {
      event.preventDefault();
      this.#events.onGone(event.message || 'Its script did not load.');
    };
    const { workerData, transfer } = nextStart();
    const start: PageWorkerStart = { kind: 'start', data: workerData };
    worker.postMessage(start, [...transfer]);
    return worker;
  }

  #awaitThreads({ areAwaited }: ThreadsMessage): void {
    clearTimeout(this.#timer);
    if (!areAwaited || !this.#options.mayStartAgain || this.#givenUp === MOST_GIVEN_UP) return;
    this.#timer = setTimeout(() => {
      this.#givenUp += 1;
      this.#letGo();
      this.#worker = this.#start();
    }, THREADS_WITHIN_MS);
  }

  /** Nothing is heard of the worker any more. */
  #letGo(): void {
    clearTimeout(this.#timer);
    this.#worker.onmessage = null;
    this.#worker.onmessageerror = null;
    this.#worker.onerror = null;
    this.#worker.terminate();
  }

  /** Ends the worker as if it had ended by itself. */
  cutOff(): void {
    this.#events.onGone('Nobody waits for it any more.');
  }

  post(message: MessageToWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, [...transfer]);
  }

  hold(): void {}

  async end(): Promise<void> {
    this.#letGo();
  }
}
