import { type ResourceLimits, type Transferable, Worker } from 'node:worker_threads';
import { DioramaError } from '@diorama/core';
import { errorFromWire, errorToWire } from './error-wire.ts';
import { guardExit } from './exit-guard.ts';
import {
  FLAG_BUSY,
  FLAG_CANCELLED_TASK,
  FLAGS_BYTES,
  type MessageToOwner,
  type MessageToWorker,
  type Parcel,
  type ThreadStart,
} from './pool-messages.ts';

/** Something that a worker may ask of the thread that owns it, while it does a task. */
export type PoolService = (payload: unknown, signal: AbortSignal) => Promise<Parcel<unknown>>;

export interface ThreadOptions {
  readonly workerUrl: URL;
  readonly workerData?: unknown;
  readonly startTimeoutMs: number;
  /** How long a thread may take to leave when asked. */
  readonly leaveTimeoutMs: number;
  /** Whether a thread that does not leave may be cut off. Never true for one that runs native code. */
  readonly isInterruptible: boolean;
  readonly name: string;
  readonly services: Readonly<Record<string, PoolService>>;
  readonly resourceLimits?: ResourceLimits;
}

export type Outcome = { readonly value: unknown } | { readonly error: DioramaError };

export interface ThreadEvents {
  onReady(): void;
  onSettled(task: number, outcome: Outcome): void;
  /** Once, when the thread ended without being asked to. `error` says why. */
  onGone(error: DioramaError): void;
}

type CallMessage = Extract<MessageToOwner, { kind: 'call' }>;

/** One worker thread from its start to its end. Does one task at a time; knows nothing of queues and retries. */
export class PoolThread {
  readonly #worker: Worker;
  readonly #events: ThreadEvents;
  readonly #options: ThreadOptions;
  readonly #flags = new Int32Array(new SharedArrayBuffer(FLAGS_BYTES));
  readonly #exited: Promise<void>;
  readonly #startTimer: NodeJS.Timeout;
  #task = 0;
  #taskEnd = new AbortController();
  #failure: unknown;
  #isOver = false;

  constructor(options: ThreadOptions, events: ThreadEvents) {
    this.#events = events;
    this.#options = options;
    const start: ThreadStart = { data: options.workerData, flags: this.#flags.buffer };
    Atomics.store(this.#flags, FLAG_BUSY, 1);
    this.#worker = new Worker(options.workerUrl, {
      workerData: start,
      name: options.name,
      ...(options.resourceLimits ? { resourceLimits: options.resourceLimits } : {}),
    });
    this.#startTimer = setTimeout(() => {
      this.#lose(
        new DioramaError('DEADLINE_EXCEEDED', 'A worker was not ready before its deadline.', {
          detail: { startTimeoutMs: options.startTimeoutMs, worker: options.name },
        }),
      );
    }, options.startTimeoutMs);
    this.#worker.on('message', (message: MessageToOwner) => this.#receive(message));
    this.#worker.on('messageerror', (error) => this.#lose(crashOf(options.name, error)));
    this.#worker.on('error', (error) => {
      this.#failure = error;
    });
    const liftGuard = options.isInterruptible ? undefined : guardExit(this.#flags);
    this.#exited = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    this.#worker.on('exit', (exitCode) => {
      liftGuard?.();
      const cause = this.#failure ?? `It left with exit code ${exitCode}.`;
      this.#lose(crashOf(options.name, cause));
    });
  }

  /** Begins a task. Throws what structured cloning throws when the request cannot cross. */
  begin(task: number, request: unknown, transfer: readonly Transferable[]): void {
    this.#task = task;
    this.#taskEnd = new AbortController();
    Atomics.store(this.#flags, FLAG_BUSY, 1);
    this.#post({ kind: 'task', task, request }, transfer);
  }

  /** Tells the worker and every service call of the task that nobody waits any more. */
  abort(task: number, error: DioramaError): void {
    Atomics.store(this.#flags, FLAG_CANCELLED_TASK, task);
    this.#post({ kind: 'abort', task, error: errorToWire(error) });
    this.#taskEnd.abort(error);
  }

  /** Whether the thread keeps the process alive. */
  hold(isHeld: boolean): void {
    if (isHeld) {
      this.#worker.ref();
      this.#startTimer.ref();
    } else {
      this.#worker.unref();
      this.#startTimer.unref();
    }
  }

  /** Ends the thread without telling `onGone`; resolves when it is gone, or was left to end by itself. */
  end(): Promise<void> {
    this.#close(new DioramaError('CANCELLED', 'The worker was ended.'));
    return this.#leave();
  }

  /**
   * Asks the worker to go when its event loop turns. Ending it from outside is the last resort: native code that is
   * cut off in the middle of a call aborts the whole process.
   */
  async #leave(): Promise<void> {
    // A thread that was unreferenced would not keep the process alive for the one who awaits its end.
    this.#worker.ref();
    this.#post({ kind: 'leave' });
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

  #receive(message: MessageToOwner): void {
    if (this.#isOver) return;
    switch (message.kind) {
      case 'ready':
        clearTimeout(this.#startTimer);
        this.#events.onReady();
        break;
      case 'unready':
        this.#lose(errorFromWire(message.error));
        break;
      case 'done':
        this.#settle(message.task, { value: message.value });
        break;
      case 'failed':
        this.#settle(message.task, { error: errorFromWire(message.error) });
        break;
      case 'call':
        void this.#serve(message);
        break;
    }
  }

  #settle(task: number, outcome: Outcome): void {
    this.#taskEnd.abort(new DioramaError('CANCELLED', 'The task that asked is over.'));
    this.#events.onSettled(task, outcome);
  }

  async #serve({ task, call, service: name, payload }: CallMessage): Promise<void> {
    try {
      const { services } = this.#options;
      if (task !== this.#task) throw new DioramaError('CANCELLED', 'The task that asked is over.');
      const service = Object.hasOwn(services, name) ? services[name] : undefined;
      if (!service)
        throw new DioramaError('INTERNAL', `A worker asked for no known service: ${name}`);
      const { value, transfer } = await service(payload, this.#taskEnd.signal);
      this.#post({ kind: 'answer', call, value }, transfer);
    } catch (error) {
      this.#post({ kind: 'refusal', call, error: errorToWire(error) });
    }
  }

  #post(message: MessageToWorker, transfer: readonly Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #lose(error: DioramaError): void {
    if (this.#isOver) return;
    this.#close(error);
    void this.#leave();
    this.#events.onGone(error);
  }

  #close(error: DioramaError): void {
    this.#isOver = true;
    clearTimeout(this.#startTimer);
    this.#taskEnd.abort(error);
  }
}

function crashOf(worker: string, cause: unknown): DioramaError {
  return new DioramaError('WORKER_CRASHED', 'A worker thread stopped in the middle of its work.', {
    cause,
    detail: { worker },
  });
}
