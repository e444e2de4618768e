import { parentPort } from 'node:worker_threads';
import { DioramaError } from '@diorama/core';
import type { WorkerHandlers } from '../shared/serve-tasks.ts';
import { ownerOfProcess } from './process/owner-link.ts';
import { serveThread } from './serve-thread.ts';

/**
 * Makes the current module the worker of a `WorkerPool`, in a thread or a process of its own. Call it once, at the end
 * of the module.
 * @throws DioramaError `INTERNAL` where no pool started the module.
 */
export function serveWorker<Request, Response>(handlers: WorkerHandlers<Request, Response>): void {
  const owner = ownerOfProcess();
  if (parentPort) serveThread(parentPort, handlers);
  else if (owner) void owner.serve(handlers);
  else throw new DioramaError('INTERNAL', 'serveWorker was called outside of a worker.');
}
