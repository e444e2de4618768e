import { DioramaError } from '@diorama/core';
import { JOB_ID_PATTERN, type JobDocument, jobDocumentSchema } from '../job-document.ts';
import { beginCall } from './call.ts';
import type { CallOptions, JobOptions, PhotoSource, RunOptions } from './client-options.ts';
import { followJob, isOver } from './job-events.ts';
import { type CallParts, type LayersResult, photoRequest, readLayers, ZIP } from './photo-calls.ts';
import { readDocument } from './read-body.ts';
import { errorOfProblem } from './refusal.ts';

/** How long a job that nobody waits for any more may take to be told so. */
const FAREWELL_MS = 5000;

/** Work that outlives its request. An id is 16 to 64 letters, digits, `-` and `_`. */
export interface JobCalls {
  /** Starts a job, or finds the same one started before. @throws DioramaError `JOB_CONFLICT` for another of that id */
  start(
    id: string,
    photo: PhotoSource,
    options?: JobOptions,
    call?: CallOptions,
  ): Promise<JobDocument>;
  get(id: string, call?: CallOptions): Promise<JobDocument>;
  /** Its states as they come, the present one first and the last one last; without a deadline unless one is given. */
  events(id: string, call?: CallOptions): AsyncGenerator<JobDocument, void, undefined>;
  /** @throws DioramaError `JOB_UNFINISHED`, or why it failed */
  result(id: string, call?: CallOptions): Promise<LayersResult>;
  /** Ends it, or forgets it when it is over. */
  cancel(id: string, call?: CallOptions): Promise<JobDocument>;
  /** Starts a job, follows it, fetches its result and has it forgotten; a call that is cancelled cancels the job. */
  run(photo: PhotoSource, options?: JobOptions, run?: RunOptions): Promise<LayersResult>;
}

/** The job calls of one server. */
export function jobCalls(parts: CallParts): JobCalls {
  const { send, deadlineMs, maxAnswerBytes } = parts;
  const ask = (method: 'GET' | 'DELETE', id: string, call: CallOptions) =>
    send({ method, path: pathOf(id) }, { call: beginCall(call, deadlineMs), read: readJob });
  const readJob = (response: Response) => readDocument(response, jobDocumentSchema, maxAnswerBytes);

  const calls: JobCalls = {
    start: async (id, photo, options = {}, call = {}) =>
      send(
        { method: 'PUT', path: pathOf(id), ...photoRequest(photo, options) },
        { call: beginCall(call, deadlineMs), read: readJob },
      ),
    get: async (id, call = {}) => ask('GET', id, call),
    cancel: async (id, call = {}) => ask('DELETE', id, call),
    events: (id, call = {}) => {
      checkId(id);
      return followJob(id, { send, call: beginCall(call) });
    },
    result: async (id, call = {}) =>
      send(
        { method: 'GET', path: `${pathOf(id)}/result`, headers: ZIP },
        {
          call: beginCall(call, deadlineMs),
          read: (response) => readLayers(response, maxAnswerBytes),
        },
      ),
    run: async (photo, options = {}, { onProgress, ...given } = {}) => {
      const { signal, remainingMs } = beginCall(given, deadlineMs);
      const call = { signal };
      const left = () => ({ signal, deadlineMs: Math.max(1, remainingMs()) });
      const id = newJobId();
      let isThere = true;
      try {
        let job = await calls.start(id, photo, options, left()).catch((error: unknown) => {
          // A start that was refused left nothing; one that was cancelled may have arrived all the same.
          isThere = signal.aborted;
          throw error;
        });
        for await (job of isOver(job) ? [] : calls.events(id, call)) onProgress?.(job.progress);
        if (job.problem !== undefined) throw errorOfProblem(job.problem);
        if (job.state === 'cancelled')
          throw new DioramaError('CANCELLED', 'The job was cancelled.');
        return await calls.result(id, left());
      } finally {
        // Kept for nobody: its id is known to this call alone. It would be forgotten by itself, only later.
        if (isThere) calls.cancel(id, { deadlineMs: FAREWELL_MS }).catch(() => undefined);
      }
    },
  };
  return calls;
}

function pathOf(id: string): string {
  checkId(id);
  return `/v1/jobs/${id}`;
}

function checkId(id: string): void {
  if (JOB_ID_PATTERN.test(id)) return;
  const line = 'The id of a job is 16 to 64 letters, digits, "-" and "_".';
  throw new DioramaError('REQUEST_INVALID', line);
}

/** 128 random bits. Not `randomUUID`, which pages without https do not have. */
function newJobId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
