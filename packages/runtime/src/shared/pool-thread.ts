import { DioramaError } from '@diorama/core';
import { errorFromWire, errorToWire } from './error-wire.ts';
import type { MessageToOwner, Parcel } from './pool-messages.ts';
import { holdTimer } from './timer-hold.ts';
import type { OpenWorkerPort, WorkerPort } from './worker-port.ts';

/** Something that a worker may ask of the thread that owns it, while it does a task. */
export type PoolService = (payload: unknown, signal: AbortSignal) => Promise<Parcel<unknown>>;

export interface ThreadOptions {
  readonly openPort: OpenWorkerPort;
  readonly startTimeoutMs: number;
  readonly name: string;
  readonly services: Readonly<Record<string, PoolService>>;
}

export type Outcome = { readonly value: unknown } | { readonly error: DioramaError };

export interface ThreadEvents {
  onReady(): void;
  onNoted(task: number, note: unknown): void;
  onSettled(task: number, outcome: Outcome): void;
  /** Once, when the thread is of no more use without having been asked to end; end it. `error` says why. */
  onGone(error: DioramaError): void;
}

type CallMessage = Extract<MessageToOwner, { kind: 'call' }>;

/** One worker thread from its start to its end. Does one task at a time; knows nothing of queues and retries. */
export class PoolThread {
  readonly #port: WorkerPort;
  readonly #events: ThreadEvents;
  readonly #services: Readonly<Record<string, PoolService>>;
  readonly #startTimer: ReturnType<typeof setTimeout>;
  #task = 0;
  #taskEnd = new AbortController();
  #isOver = false;

  constructor(options: ThreadOptions, events: ThreadEvents) {
    const { name, startTimeoutMs } = options;
    this.#events = events;
    this.#services = options.services;
    this.#port = options.openPort(name, {
      onMessage: (message) => this.#receive(message),
      onGone: (cause) => this.#lose(crashOf(name, cause)),
    });
    this.#startTimer = setTimeout(() => {
      this.#lose(
        new DioramaError('DEADLINE_EXCEEDED', 'A worker was not ready before its deadline.', {
          detail: { startTimeoutMs, worker: name },
        }),
      );
    }, startTimeoutMs);
  }

  /** Of a worker that is a process of its own. */
  get pid(): number | undefined {
    return this.#port.pid;
  }

  /** Begins a task. Throws what structured cloning throws when the request cannot cross. */
  begin(task: number, request: unknown, transfer: readonly ArrayBuffer[]): void {
    this.#task = task;
    this.#taskEnd = new AbortController();
    this.#port.post({ kind: 'task', task, request }, transfer);
  }

  /** Tells the worker and every service call of the task that nobody waits any more. */
  abort(task: number, error: DioramaError): void {
    this.#port.post({ kind: 'abort', task, error: errorToWire(error) });
    this.#taskEnd.abort(error);
  }

  /** Whether the thread keeps the process alive. */
  hold(isHeld: boolean): void {
    this.#port.hold(isHeld);
    holdTimer(this.#startTimer, isHeld);
  }

  /** Ends the thread without telling `onGone`; resolves when it is gone, or was left to end by itself. */
  end(): Promise<void> {
    this.#close(new DioramaError('CANCELLED', 'The worker was ended.'));
    return this.#port.end();
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
      case 'note':
        this.#events.onNoted(message.task, message.value);
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
      if (task !== this.#task) throw new DioramaError('CANCELLED', 'The task that asked is over.');
      const service = Object.hasOwn(this.#services, name) ? this.#services[name] : undefined;
      if (!service)
        throw new DioramaError('INTERNAL', `A worker asked for no known service: ${name}`);
      const { value, transfer } = await service(payload, this.#taskEnd.signal);
      this.#port.post({ kind: 'answer', call, value }, transfer);
    } catch (error) {
      this.#port.post({ kind: 'refusal', call, error: errorToWire(error) });
    }
  }

  #lose(error: DioramaError): void {
    if (this.#isOver) return;
    this.#close(error);
    this.#events.onGone(error);
  }

  #close(error: DioramaError): void {
    this.#isOver = true;
    clearTimeout(this.#startTimer);
    this.#taskEnd.abort(error);
  }
}

function crashOf(worker: string, cause: unknown): DioramaError {
  return new DioramaError('WORKER_CRASHED', 'A worker stopped in the middle of its work.', {
    cause,
    detail: { worker },
  });
}
