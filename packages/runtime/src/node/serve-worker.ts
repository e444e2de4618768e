import { parentPort, workerData } from 'node:worker_threads';
import { DioramaError } from '@diorama/core';
import { serveTasks, type WorkerHandlers } from '../shared/serve-tasks.ts';
import { FLAG_BUSY, FLAG_CANCELLED_TASK, type ThreadStart } from './thread-flags.ts';

/**
 * Makes the current module the worker of a `WorkerPool`. Call it once, at the end of the module.
 * @throws DioramaError `INTERNAL` outside of a worker thread.
 */
export function serveWorker<Request, Response>(handlers: WorkerHandlers<Request, Response>): void {
  if (!parentPort)
    throw new DioramaError('INTERNAL', 'serveWorker was called outside of a worker.');
  const port = parentPort;
  const start: ThreadStart = workerData;
  const flags = new Int32Array(start.flags);
  serveTasks(
    {
      post: (message, transfer = []) => port.postMessage(message, transfer),
      listen: (onMessage) => port.on('message', onMessage),
      isGivenUp: (task) => Atomics.load(flags, FLAG_CANCELLED_TASK) === task,
      noteSettled: () => {
        Atomics.store(flags, FLAG_BUSY, 0);
        Atomics.notify(flags, FLAG_BUSY);
      },
      quit: () => process.exit(0),
    },
    start.data,
    handlers,
  );
}
