import { DioramaError, isDioramaError } from '@diorama/core';
import type { LayersOptions } from '@diorama/engine';
import { noteAnswer } from '../answers/note-answer.ts';
import type { PhotoTicket } from '../desk/photo-desk.ts';
import { describeFault, type Log } from '../log.ts';
import type { Notes } from '../plugins/exchange.ts';
import { loggedNotes } from '../plugins/request-log.ts';
import { answerBytes, type Job } from './job.ts';
import type { JobStore } from './job-store.ts';

/** What the work of a job needs. */
export interface JobWork {
  readonly photo: Uint8Array;
  readonly options: LayersOptions;
  /** Given back when the work ends. */
  readonly ticket: PhotoTicket;
  /** Id of the request that brought the job; the caller's own id of the job is not logged. */
  readonly requestId: string;
  readonly notes: Notes;
}

/** Works on a job until it is over, and says in the log what became of it. Never rejects. */
export async function runJob(job: Job, work: JobWork, store: JobStore, log: Log): Promise<void> {
  const { photo, options, ticket, requestId, notes } = work;
  const startedAtMs = performance.now();
  notes.bytesIn = photo.length;
  try {
    const answer = await ticket.layers({
      bytes: photo,
      options,
      signal: job.signal,
      notes,
      onProgress: (progress) => job.advance(progress),
    });
    noteAnswer(notes, answer.document);
    if (store.hasRoomForResult(job, answerBytes(answer))) job.complete(answer, notes.receipt);
    else job.fail(new DioramaError('QUEUE_FULL', 'The result is larger than what can be held.'));
  } catch (error) {
    job.fail(error);
  } finally {
    ticket.release();
  }
  logEnd(job, { requestId, durationMs: performance.now() - startedAtMs, notes }, log);
}

function logEnd(
  { end }: Job,
  facts: { readonly requestId: string; readonly durationMs: number; readonly notes: Notes },
  log: Log,
): void {
  const { requestId, durationMs, notes } = facts;
  const error = end?.state === 'failed' ? end.error : undefined;
  const isFault = error !== undefined && !isDioramaError(error);
  const code = isDioramaError(error) ? error.code : 'INTERNAL';
  log[isFault ? 'error' : 'info'](
    {
      requestId,
      durationMs: Math.round(durationMs * 10) / 10,
      ...loggedNotes(notes),
      ...(error === undefined ? {} : { code }),
      ...(isFault ? { fault: describeFault(error) } : {}),
    },
    `Job ${end?.state ?? 'open'}`,
  );
}
