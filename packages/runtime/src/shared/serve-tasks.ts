import { DioramaError } from '@diorama/core';
import { errorFromWire, errorToWire } from './error-wire.ts';
import type { MessageToOwner, MessageToWorker, Parcel } from './pool-messages.ts';

/** How long a task that was told to stop may take before its thread leaves without it. */
const LEAVE_GRACE_MS = 500;

/** What a task inside a worker may use. */
export interface TaskContext {
  /**
   * Aborted with a Diorama error as reason when nobody waits any more. As an event it arrives only when the
   * worker's event loop turns; `throwIfCancelled` sees it in the middle of synchronous work too, in Node.
   */
  readonly signal: AbortSignal;
  /** Throws the reason, and aborts `signal`, once nobody waits any more. Costs one atomic load. */
  throwIfCancelled(): void;
  /** Asks one of the owner's services; rejects with the error that the service threw. */
  call(service: string, payload: unknown, transfer?: readonly ArrayBuffer[]): Promise<unknown>;
  /** Tells whoever waits for the task how far it has come. Throws what structured cloning throws. */
  note(value: unknown): void;
}

export interface WorkerHandlers<Request, Response> {
  /** Runs once before the worker counts as ready; a throw makes the start fail with that error. */
  init?(data: unknown): Promise<void> | void;
  /** Frees what garbage collection does not, before the thread leaves. */
  close?(): Promise<void> | void;
  /** Does one task; a pool never begins a second one before the first settled. */
  handle(request: Request, context: TaskContext): Promise<Parcel<Response>> | Parcel<Response>;
}

/** The owner as its worker holds it: the other end of a `WorkerPort`. */
export interface OwnerPort {
  post(message: MessageToOwner, transfer?: readonly ArrayBuffer[]): void;
  /** Called once. */
  listen(onMessage: (message: MessageToWorker) => void): void;
  /** Whether the owner gave up this task, as far as that can be seen before its message is read. */
  isGivenUp(task: number): boolean;
  /** Told before the answer to a task, or to the start, is posted: the owner may send the next one at once. */
  noteSettled(): void;
  /** Ends this thread. */
  quit(): void;
}

interface Waiter {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Opens the worker with what its owner handed it at the start, then does its tasks. Call it once. */
export function serveTasks<Request, Response>(
  port: OwnerPort,
  startData: unknown,
  handlers: WorkerHandlers<Request, Response>,
): void {
  const waiters = new Map<number, Waiter>();
  let lastCall = 0;
  let currentTask = 0;
  let controller = new AbortController();
  let isLeaving = false;

  const contextOf = (task: number, own: AbortController): TaskContext => ({
    signal: own.signal,
    throwIfCancelled() {
      if (port.isGivenUp(task) && !own.signal.aborted) {
        own.abort(new DioramaError('CANCELLED', 'The work was cancelled.'));
      }
      own.signal.throwIfAborted();
    },
    call: (service, payload, transfer) =>
      new Promise((resolve, reject) => {
        lastCall += 1;
        port.post({ kind: 'call', task, call: lastCall, service, payload }, transfer);
        waiters.set(lastCall, { resolve, reject });
      }),
    note: (value) => port.post({ kind: 'note', task, value }),
  });

  const quit = async (): Promise<void> => {
    try {
      await handlers.close?.();
    } finally {
      port.quit();
    }
  };

  const settle = (): void => {
    currentTask = 0;
    port.noteSettled();
    if (isLeaving) void quit();
  };

  const runTask = async (task: number, request: unknown): Promise<void> => {
    currentTask = task;
    controller = new AbortController();
    const context = contextOf(task, controller);
    try {
      // The pool's own type says what its requests are; the boundary cannot.
      const parcel = await handlers.handle(request as Request, context);
      settle();
      port.post({ kind: 'done', task, value: parcel.value }, parcel.transfer);
    } catch (error) {
      settle();
      port.post({ kind: 'failed', task, error: errorToWire(error) });
    }
  };

  const leave = (): void => {
    isLeaving = true;
    controller.abort(new DioramaError('CANCELLED', 'The worker was ended.'));
    if (currentTask === 0) void quit();
    else setTimeout(quit, LEAVE_GRACE_MS);
  };

  const takeWaiter = (call: number): Waiter | undefined => {
    const waiter = waiters.get(call);
    waiters.delete(call);
    return waiter;
  };

  port.listen((message) => {
    switch (message.kind) {
      case 'task':
        void runTask(message.task, message.request);
        break;
      case 'abort':
        if (message.task === currentTask) controller.abort(errorFromWire(message.error));
        break;
      case 'leave':
        leave();
        break;
      case 'answer':
        takeWaiter(message.call)?.resolve(message.value);
        break;
      case 'refusal':
        takeWaiter(message.call)?.reject(errorFromWire(message.error));
        break;
    }
  });

  const open = async (): Promise<void> => {
    try {
      await handlers.init?.(startData);
      settle();
      port.post({ kind: 'ready' });
    } catch (error) {
      settle();
      port.post({ kind: 'unready', error: errorToWire(error) });
    }
  };
  void open();
}
