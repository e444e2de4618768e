import { DioramaError, type ErrorCode } from '@diorama/core';
import type { FromMovieWorker, MovieMoment, ToMovieWorker } from './movie-messages.ts';
import { bitmapsOf } from './movie-moments.ts';
import type { MovieOrder } from './movie-order.ts';

export interface MovieWorkerOptions {
  readonly signal: AbortSignal;
  readonly momentAt: (share: number) => Promise<MovieMoment>;
  readonly onProgress: (share: number) => void;
}

/**
 * Makes a movie in a worker of its own, which ends with it: it goes on in a tab that nobody looks at, and giving up ends
 * all of it at once. @throws DioramaError `CANCELLED`, `WORKER_CRASHED`, and what the making throws
 */
export function makeInMovieWorker(
  order: MovieOrder,
  { signal, momentAt, onProgress }: MovieWorkerOptions,
): Promise<Blob> {
  if (signal.aborted) return Promise.reject(cancelled());
  const worker = new Worker(new URL('./movie.worker.ts', import.meta.url), {
    type: 'module',
    name: 'movie',
  });
  const post = (message: ToMovieWorker, transfer: readonly Transferable[] = []) =>
    worker.postMessage(message, [...transfer]);
  const made = new Promise<Blob>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(cancelled()), { once: true });
    const answer = async (id: number, share: number) => {
      const moment = await momentAt(share);
      post({ kind: 'moment', id, moment }, bitmapsOf(moment));
    };
    worker.onmessage = ({ data }: MessageEvent<FromMovieWorker>) => {
      if (data.kind === 'need') answer(data.id, data.share).catch(reject);
      else if (data.kind === 'progress') onProgress(data.share);
      else if (data.kind === 'done') resolve(data.file);
      // Codes come from a DioramaError on the other side.
      else reject(new DioramaError(data.code as ErrorCode, data.message));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new DioramaError('WORKER_CRASHED', 'The movie was too much for this browser.'));
    };
  });
  post({ kind: 'make', order });
  return made.finally(() => worker.terminate());
}

function cancelled(): DioramaError {
  return new DioramaError('CANCELLED', 'Cancelled.');
}
