import type { JobQuery } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { LayersOptions } from '@diorama/engine';
import type { PhotoTicket } from '../desk/photo-desk.ts';
import { countPixels } from '../desk/photo-size.ts';
import type { Log } from '../log.ts';
import type { Exchange } from '../plugins/exchange.ts';
import type { Webhooks } from '../webhooks/open-webhooks.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Job } from './job.ts';
import type { JobStore } from './job-store.ts';
import { runJob } from './run-job.ts';

/** Four layers as PNG and JPEG take one to three bytes for each pixel of the usual photo. */
const RESULT_BYTES_PER_PIXEL = 3;

/** What jobs are made of, besides what callers bring. */
export interface JobParts {
  readonly store: JobStore;
  readonly webhooks: Webhooks;
  readonly log: Log;
  /** How long a job is kept once it is over. */
  readonly keepMs: number;
  /** Of the largest photo. */
  readonly maxPixels: number;
}

/** What a caller brought, once it is here as a whole. */
export interface JobArrival {
  readonly id: string;
  readonly query: JobQuery;
  readonly photo: Uint8Array;
  readonly background: Uint8Array | undefined;
  readonly options: LayersOptions;
  readonly exchange: Exchange;
  /** How long the work may take, its upload included. */
  readonly timeoutMs: number;
  /** A place at the desk, which a new job gives back when it is over. */
  readonly takeTicket: () => PhotoTicket;
}

/** The job of an id: a new one, or the one that was there. */
export interface AcceptedJob {
  readonly job: Job;
  readonly isNew: boolean;
}

/**
 * Begins the job that a caller asks for, unless it is there already.
 * @throws DioramaError `JOB_CONFLICT`, `PHOTO_TOO_MANY_PIXELS`, `QUEUE_FULL`, `NOT_READY`, and the reason of a caller who is gone
 */
export async function acceptJob(arrival: JobArrival, parts: JobParts): Promise<AcceptedJob> {
  const { id, exchange } = arrival;
  const { caller, signal } = exchange;
  const fingerprint = await fingerprintOf(arrival);
  // No work begins for an answer that cannot be given; whoever comes back with the photo begins it.
  signal.throwIfAborted();
  // From here to the end in one go, so that of two equal requests one finds what the other began.
  const known = parts.store.find(caller, id);
  if (known === undefined) return { job: beginJob(arrival, fingerprint, parts), isNew: true };
  if (known.fingerprint === fingerprint) return { job: known, isNew: false };
  const line = 'Another photo, or another wish, was sent under this id. Take a new one.';
  throw new DioramaError('JOB_CONFLICT', line);
}

function beginJob(arrival: JobArrival, fingerprint: string, parts: JobParts): Job {
  const { id, query, photo, background, options, exchange, timeoutMs, takeTicket } = arrival;
  const { store, webhooks, log, keepMs, maxPixels } = parts;
  const pixels = countPixels(photo, maxPixels);
  const workBytes = photo.length + (background?.length ?? 0) + resultBytesOf(pixels, options);
  store.checkRoom(workBytes);
  const ticket = takeTicket();
  // The last that may refuse, since a promise has to be kept.
  const tellEnd = query.webhook === undefined ? undefined : webhooks.promise(query.webhook);
  const job = store.add(exchange.caller, {
    id,
    fingerprint,
    workBytes,
    timeoutMs,
    elapsedMs: performance.now() - exchange.startedAtMs,
    keepMs,
    onOver: ({ state }, document) => tellEnd?.(state, document),
  });
  const notes = { route: exchange.notes.route ?? 'unknown' };
  const work = { photo, options, ticket, requestId: exchange.id, notes };
  // Never rejects; what becomes of it, the job says.
  void runJob(job, work, store, log);
  return job;
}

/** What the layers of a photo are held to need before they are there. */
function resultBytesOf(photoPixels: number, { within = {} }: LayersOptions): number {
  const { widthPx = Infinity, heightPx = Infinity, pixels = Infinity } = within;
  return RESULT_BYTES_PER_PIXEL * Math.min(photoPixels, widthPx * heightPx, pixels);
}
