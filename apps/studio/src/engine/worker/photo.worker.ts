import { type DioramaError, isDioramaError } from '@diorama/core';
import { PhotoDesk } from './photo-desk.ts';
import type { FromWorker, PhotoTaskName, ToWorker } from './photo-tasks.ts';
import { PHOTO_TASKS, type TaskContext } from './tasks.ts';

/** What a dedicated worker's global object is, of which the types of a page know nothing. */
const port = self as unknown as {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  onmessage: (event: MessageEvent<ToWorker>) => void;
};

const desk = new PhotoDesk();
const running = new Map<number, AbortController>();
/** One task after another: each finds the photo as the one before left it. */
let last: Promise<void> = Promise.resolve();

port.onmessage = ({ data }) => {
  if (data.kind === 'cancel') {
    running.get(data.id)?.abort();
    return;
  }
  const { id, name, request } = data;
  const control = new AbortController();
  running.set(id, control);
  last = last.then(() => run(id, name, request, control.signal));
};

async function run(
  id: number,
  name: PhotoTaskName,
  request: unknown,
  signal: AbortSignal,
): Promise<void> {
  const context: TaskContext = {
    desk,
    signal,
    transfer: [],
    onProgress: (share) => port.postMessage({ kind: 'progress', id, share }, []),
  };
  try {
    if (signal.aborted) return;
    // Each task reads its own request.
    const task = PHOTO_TASKS[name] as (request: unknown, context: TaskContext) => unknown;
    const answer = await task(request, context);
    if (!signal.aborted) port.postMessage({ kind: 'answer', id, answer }, context.transfer);
  } catch (error) {
    if (!signal.aborted) port.postMessage({ kind: 'refusal', id, ...refusalOf(error) }, []);
  } finally {
    running.delete(id);
  }
}

function refusalOf(error: unknown): Pick<DioramaError, 'code' | 'message' | 'detail'> {
  if (isDioramaError(error)) {
    const { code, message, detail } = error;
    return { code, message, detail };
  }
  // What a browser throws when an allocation fails.
  if (error instanceof RangeError) {
    const message = 'The photo is too large for the memory of this browser.';
    return { code: 'PHOTO_TOO_MANY_PIXELS', message, detail: {} };
  }
  // Reported by the page: here it would count as the end of this worker.
  const detail = { cause: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  return { code: 'INTERNAL', message: 'Something went wrong with this photo.', detail };
}
