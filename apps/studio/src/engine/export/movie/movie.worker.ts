import { isDioramaError } from '@diorama/core';
import { makeMovie } from './make-movie.ts';
import type { FromMovieWorker, MovieMoment, ToMovieWorker } from './movie-messages.ts';
import type { MovieOrder } from './movie-order.ts';

/** What a dedicated worker's global object is, of which the types of a page know nothing. */
const port = self as unknown as {
  postMessage(message: FromMovieWorker): void;
  onmessage: (event: MessageEvent<ToMovieWorker>) => void;
};

const waiting = new Map<number, (moment: MovieMoment) => void>();
let lastId = 0;

port.onmessage = ({ data }) => {
  if (data.kind === 'make') {
    void make(data.order);
    return;
  }
  waiting.get(data.id)?.(data.moment);
  waiting.delete(data.id);
};

async function make(order: MovieOrder): Promise<void> {
  try {
    const file = await makeMovie(order, {
      momentAt: (share) =>
        new Promise((resolve) => {
          const id = ++lastId;
          waiting.set(id, resolve);
          port.postMessage({ kind: 'need', id, share });
        }),
      onProgress: (share) => port.postMessage({ kind: 'progress', share }),
    });
    port.postMessage({ kind: 'done', file });
  } catch (error) {
    port.postMessage({ kind: 'refusal', ...refusalOf(error) });
  }
}

function refusalOf(error: unknown): { readonly code: string; readonly message: string } {
  if (isDioramaError(error)) return { code: error.code, message: error.message };
  // What a browser throws when an allocation fails.
  if (error instanceof RangeError) {
    return { code: 'PHOTO_TOO_MANY_PIXELS', message: 'The movie is too large for this browser.' };
  }
  reportError(error);
  return { code: 'INTERNAL', message: 'Something went wrong while the movie was made.' };
}
