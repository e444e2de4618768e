import { DioramaError } from '@diorama/core';
import type { MessageToOwner, MessageToWorker } from '../shared/pool-messages.ts';
import type { PortEvents, WorkerPort } from '../shared/worker-port.ts';

/** The first message to a page's worker; every later one is a `MessageToWorker`. */
export interface PageWorkerStart {
  readonly kind: 'start';
  readonly data: unknown;
}

export interface PageWorkerOptions {
  /** The bundled session worker; by default the file of that name beside this module. */
  readonly workerUrl: URL | undefined;
  /** Handed to the worker's `init`, copied but for `transfer`, which moves. */
  readonly workerData: unknown;
  readonly transfer: readonly Transferable[];
}

function startWorker(workerUrl: URL | undefined): Worker {
  if (workerUrl) return new Worker(workerUrl, { type: 'module', name: 'diorama-session' });
  // In these very words, which bundlers look for to find out that the file is a worker.
  return new Worker(new URL('./session-worker.js', import.meta.url), {
    type: 'module',
    name: 'diorama-session',
  });
}

/** A Web Worker. It may be cut off at any moment: no native code runs in it that could take the page along. */
export class PageWorker implements WorkerPort {
  readonly #worker: Worker;
  readonly #events: PortEvents;

  /** @throws DioramaError `CONFIG_INVALID` when the browser refuses the address. */
  constructor({ workerUrl, workerData, transfer }: PageWorkerOptions, events: PortEvents) {
    this.#events = events;
    try {
      this.#worker = startWorker(workerUrl);
    } catch (error) {
      const message = 'The browser refuses to start the session worker from its address.';
      throw new DioramaError('CONFIG_INVALID', message, { cause: error });
    }
    this.#worker.onmessage = ({ data }: MessageEvent<MessageToOwner>) => events.onMessage(data);
    this.#worker.onmessageerror = () => events.onGone('It said what cannot be read.');
    this.#worker.onerror = (event) => {
      event.preventDefault();
      events.onGone(event.message || 'Its script did not load.');
    };
    const start: PageWorkerStart = { kind: 'start', data: workerData };
    this.#worker.postMessage(start, [...transfer]);
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
    this.#worker.terminate();
  }
}
