import { isDioramaError } from '@diorama/core';
import { type JobDocument, jobDocumentSchema } from '../job-document.ts';
import { type Call, errorOfCall, pause } from './call.ts';
import { readEvents } from './event-stream.ts';
import { notUnderstood } from './not-understood.ts';
import { parseDocument } from './read-body.ts';
import { retryDelayMs } from './retry.ts';
import type { Send } from './sender.ts';

/** The server says something every 15 seconds; three times that is a connection that nobody holds any more. */
const MAX_SILENCE_MS = 45_000;
/** Connections in a row that bring no event. */
const MAX_EMPTY_CONNECTIONS = 5;

/**
 * The states of a job as they come, until it is over. A connection that breaks off is made anew, and what was missed comes
 * first.
 * @throws DioramaError `JOB_UNKNOWN`, `SOURCE_UNAVAILABLE`, `CANCELLED`, `DEADLINE_EXCEEDED`
 */
export async function* followJob(
  id: string,
  { send, call }: { readonly send: Send; readonly call: Call },
): AsyncGenerator<JobDocument, void, undefined> {
  let lastId: string | undefined;
  for (let empty = 1; empty <= MAX_EMPTY_CONNECTIONS; empty++) {
    const body = await send(
      {
        method: 'GET',
        path: `/v1/jobs/${id}/events`,
        headers: {
          accept: 'text/event-stream',
          ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
        },
      },
      { call, read: bodyOf },
    );
    try {
      for await (const event of readEvents(body, MAX_SILENCE_MS)) {
        const job = parseDocument(event.data, jobDocumentSchema);
        lastId = event.id ?? lastId;
        empty = 0;
        yield job;
        if (isOver(job)) return;
      }
    } catch (error) {
      if (call.signal.aborted) throw errorOfCall(call);
      // A connection that broke off is none of Diorama's errors; what is not understood stays so.
      if (isDioramaError(error)) throw error;
    }
    await pause(retryDelayMs(empty + 1, notUnderstood(), Math.random()), call);
  }
  throw notUnderstood();
}

/** Whether nothing more will become of a job. */
export function isOver({ state }: JobDocument): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

async function bodyOf({ body }: Response): Promise<ReadableStream<Uint8Array>> {
  if (body === null) throw notUnderstood();
  return body;
}
