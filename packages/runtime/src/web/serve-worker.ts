import type { MessageToOwner, MessageToWorker } from '../shared/pool-messages.ts';
import { serveTasks, type WorkerHandlers } from '../shared/serve-tasks.ts';
import type { PageWorkerStart } from './page-worker.ts';

/** The part of a worker's global scope that is used here; the types of pages do not have it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<PageWorkerStart | MessageToWorker>) => void) | null;
  postMessage(message: MessageToOwner, transfer: readonly ArrayBuffer[]): void;
  close(): void;
}

/** Makes the current module the worker of a `PageWorker`. Call it once, at the end of the module. */
export function serveWorker<Request, Response>(handlers: WorkerHandlers<Request, Response>): void {
  const scope = globalThis as unknown as WorkerScope; // this module runs in a worker alone
  let receive: (message: MessageToWorker) => void = () => {};
  scope.onmessage = ({ data: message }) => {
    if (message.kind !== 'start') {
      receive(message);
      return;
    }
    const port = {
      post: (answer: MessageToOwner, transfer: readonly ArrayBuffer[] = []) =>
        scope.postMessage(answer, transfer),
      listen: (onMessage: typeof receive) => {
        receive = onMessage;
      },
      // Without shared memory a worker learns of it by message alone.
      isGivenUp: () => false,
      noteSettled: () => {},
      quit: () => scope.close(),
    };
    serveTasks(port, message.data, handlers);
  };
}
