import { parentPort, type Transferable, workerData } from 'node:worker_threads';
import { DioramaError } from '@diorama/core';
import { errorFromWire, errorToWire } from './error-wire.ts';
import type { MessageToOwner, MessageToWorker, Parcel, ThreadStart } from './pool-messages.ts';

/** What a task inside a worker may use. */
export interface TaskContext {
  /**
   * Aborted with a Diorama error as reason when nobody waits any more. As an event it arrives only when the
   * worker's event loop turns; `throwIfCancelled` sees it in the middle of synchronous work too.
   */
  readonly signal: AbortSignal;
  /** Throws the reason, and aborts `signal`, once nobody waits any more. Costs one atomic load. */
  throwIfCancelled(): void;
  /** Asks one of the owner's services; rejects with the error that the service threw. */
  call(service: string, payload: unknown, transfer?: readonly Transferable[]): Promise<unknown>;
}

export interface WorkerHandlers<Request, Response> {
  /** Runs once before the worker counts as ready; a throw makes the start fail with that error. */
  init?(data: unknown): Promise<void> | void;
  /** Does one task; a pool never begins a second one before the first settled. */
  handle(request: Request, context: TaskContext): Promise<Parcel<Response>> | Parcel<Response>;
}

interface Waiter {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Makes the current module the worker of a `WorkerPool`. Call it once, at the end of the module.
 * @throws DioramaError `INTERNAL` outside of a worker thread.
 */
export function serveWorker<Request, Response>(handlers: WorkerHandlers<Request, Response>): void {
  if (!parentPort)
    throw new DioramaError('INTERNAL', 'serveWorker was called outside of a worker.');
  const port = parentPort;
  const start: ThreadStart = workerData;
  const cancelled = new Int32Array(start.cancelled);
  const waiters = new Map<number, Waiter>();
  let lastCall = 0;
  let currentTask = 0;
  let controller = new AbortController();

  const post = (message: MessageToOwner, transfer: readonly Transferable[] = []): void =>
    port.postMessage(message, transfer);

  const contextOf = (task: number, own: AbortController): TaskContext => ({
    signal: own.signal,
    throwIfCancelled() {
      if (Atomics.load(cancelled, 0) === task && !own.signal.aborted) {
        own.abort(new DioramaError('CANCELLED', 'The work was cancelled.'));
      }
      own.signal.throwIfAborted();
    },
    call: (service, payload, transfer) =>
      new Promise((resolve, reject) => {
        lastCall += 1;
        post({ kind: 'call', task, call: lastCall, service, payload }, transfer);
        waiters.set(lastCall, { resolve, reject });
      }),
  });

  const runTask = async (task: number, request: unknown): Promise<void> => {
    currentTask = task;
    controller = new AbortController();
    try {
      // The pool's own type says what its requests are; the boundary cannot.
      const parcel = await handlers.handle(request as Request, contextOf(task, controller));
      post({ kind: 'done', task, value: parcel.value }, parcel.transfer);
    } catch (error) {
      post({ kind: 'failed', task, error: errorToWire(error) });
    }
  };

  const takeWaiter = (call: number): Waiter | undefined => {
    const waiter = waiters.get(call);
    waiters.delete(call);
    return waiter;
  };

  port.on('message', (message: MessageToWorker) => {
    switch (message.kind) {
      case 'task':
        void runTask(message.task, message.request);
        break;
      case 'abort':
        if (message.task === currentTask) controller.abort(errorFromWire(message.error));
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
      await handlers.init?.(start.data);
      post({ kind: 'ready' });
    } catch (error) {
      post({ kind: 'unready', error: errorToWire(error) });
    }
  };
  void open();
}
