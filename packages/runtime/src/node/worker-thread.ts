import { Worker } from 'node:worker_threads';
import type { MessageToOwner, MessageToWorker } from '../shared/pool-messages.ts';
import type { PortEvents, WorkerPort } from '../shared/worker-port.ts';
import { guardExit } from './exit-guard.ts';
import { FLAG_BUSY, FLAG_CANCELLED_TASK, FLAGS_BYTES, type ThreadStart } from './thread-flags.ts';

export interface WorkerThreadOptions {
  readonly workerUrl: URL;
  readonly workerData?: unknown;
  readonly name: string;
  /** How long a thread may take to leave when asked. */
  readonly leaveTimeoutMs: number;
  /** Whether a thread that does not leave may be cut off. Never true for one that runs native code. */
  readonly isInterruptible: boolean;
}

/** A worker of Node, told of cancelled tasks through shared memory as well as by message. */
export class WorkerThread implements WorkerPort {
  readonly #worker: Worker;
  readonly #options: WorkerThreadOptions;
  readonly #flags = new Int32Array(new SharedArrayBuffer(FLAGS_BYTES));
  readonly #exited: Promise<void>;
  #failure: unknown;

  constructor(options: WorkerThreadOptions, events: PortEvents) {
    this.#options = options;
    const start: ThreadStart = { data: options.workerData, flags: this.#flags.buffer };
    Atomics.store(this.#flags, FLAG_BUSY, 1);
    this.#worker = new Worker(options.workerUrl, {
      workerData: start,
      name: options.name,
    });
    this.#worker.on('message', (message: MessageToOwner) => events.onMessage(message));
    this.#worker.on('messageerror', (error) => events.onGone(error));
    this.#worker.on('error', (error) => {
      this.#failure = error;
    });
    const liftGuard = options.isInterruptible ? undefined : guardExit(this.#flags);
    this.#exited = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    this.#worker.on('exit', (exitCode) => {
      liftGuard?.();
      events.onGone(this.#failure ?? `It left with exit code ${exitCode}.`);
    });
  }

  post(message: MessageToWorker, transfer: readonly ArrayBuffer[] = []): void {
    if (message.kind === 'task') Atomics.store(this.#flags, FLAG_BUSY, 1);
    if (message.kind === 'abort') Atomics.store(this.#flags, FLAG_CANCELLED_TASK, message.task);
    this.#worker.postMessage(message, transfer);
  }

  hold(isHeld: boolean): void {
    if (isHeld) this.#worker.ref();
    else this.#worker.unref();
  }

  /**
   * Asks the worker to go when its event loop turns. Ending it from outside is the last resort: native code that is
   * cut off in the middle of a call aborts the whole process.
   */
  async end(): Promise<void> {
    // A thread that was unreferenced would not keep the process alive for the one who awaits its end.
    this.#worker.ref();
    this.post({ kind: 'leave' });
    let timer: NodeJS.Timeout | undefined;
    const isLate = await Promise.race([
      this.#exited.then(() => false),
      new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(true), this.#options.leaveTimeoutMs);
      }),
    ]);
    clearTimeout(timer);
    if (!isLate) return;
    if (this.#options.isInterruptible) await this.#worker.terminate();
    else this.#worker.unref();
  }
}
