import { type MessagePort, workerData } from 'node:worker_threads';
import { serveTasks, type WorkerHandlers } from '../shared/serve-tasks.ts';
import { FLAG_BUSY, FLAG_CANCELLED_TASK, type ThreadStart } from './thread-flags.ts';

/** Makes this thread the worker of a `WorkerThread`, which is at the other end of the port. */
export function serveThread<Request, Response>(
  port: MessagePort,
  handlers: WorkerHandlers<Request, Response>,
): void {
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
