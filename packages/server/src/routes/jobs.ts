import { JOB_ID_PATTERN, type JobQuery, jobQuerySchema, LAYER_NAMES } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { askedDeadlineMs } from '../asked-deadline.ts';
import type { PhotoDesk, PhotoTicket } from '../desk/photo-desk.ts';
import { announcedBytes } from '../intake/announced-bytes.ts';
import { backgroundOf, expectBackground } from '../intake/background.ts';
import { acceptJob, type JobParts } from '../jobs/accept-job.ts';
import type { Job } from '../jobs/job.ts';
import { createPlaces } from '../places.ts';
import { exchangeOf } from '../plugins/exchange.ts';
import { optionsWithBackground } from './layers-options.ts';
import { type PhotoOrder, photoOf } from './photo-route.ts';
import { readQuery } from './query.ts';

export interface JobRouteParts extends JobParts {
  readonly desk: PhotoDesk;
}

/** A `PUT`, read from everything but the body. */
interface JobOrder extends Omit<PhotoOrder, 'send'> {
  readonly id: string;
  readonly query: JobQuery;
  readonly timeoutMs: number;
  readonly takeTicket: () => PhotoTicket;
  /** Whether the place at the desk is a job's by now. */
  isBegun: boolean;
}

/** How long a job may take, its upload included: it is for work that takes longer than anybody waits for an answer. */
const JOB_TIMEOUT_MS = 15 * 60_000;

/** Photos that are read once more only to be told that their job is there; each of them is held for that long. */
const REPEATS_AT_ONCE = 4;

/** `PUT /v1/jobs/{id}`: begins a job, once. `GET`: how far it is. `DELETE`: ends it, or forgets it once it is over. */
export function addJobRoutes(app: FastifyInstance, parts: JobRouteParts): void {
  const { store, webhooks, desk } = parts;
  const orders = new WeakMap<FastifyRequest, JobOrder>();
  const takeRepeatPlace = createPlaces(REPEATS_AT_ONCE, 'As many jobs are sent again as may.');

  const takeOrder = (request: FastifyRequest, reply: FastifyReply): JobOrder => {
    const id = jobIdOf(request);
    const query = readQuery(jobQuerySchema, request.query);
    const options = optionsWithBackground(query.layers ?? LAYER_NAMES, query, request);
    if (options.withBackground) expectBackground(request);
    if (query.webhook !== undefined) webhooks.check(query.webhook);
    const timeoutMs = Math.min(askedDeadlineMs(request), JOB_TIMEOUT_MS);
    const { caller, startedAtMs } = exchangeOf(request);
    const bytes = announcedBytes(request.headers);
    const admit = () => desk.admit({ caller, bytes, deadlineAtMs: startedAtMs + timeoutMs });
    let ticket: PhotoTicket | undefined;
    if (store.find(caller, id) === undefined) {
      store.checkRoom(bytes ?? 0);
      ticket = admit();
    } else {
      // Whoever sends a job again takes no place of others, and has nothing to pay.
      takeRepeatPlace(reply);
    }
    const takeTicket = () => {
      ticket ??= admit();
      return ticket;
    };
    const order = { id, query, timeoutMs, ...options, takeTicket, isBegun: false };
    reply.raw.once('close', () => {
      if (!order.isBegun) ticket?.release();
    });
    return order;
  };

  app.put('/v1/jobs/:id', {
    onRequest: async (request, reply) => {
      orders.set(request, takeOrder(request, reply));
    },
    handler: async (request, reply) => {
      const order = orders.get(request);
      if (order === undefined) throw new DioramaError('INTERNAL', 'A request without an order.');
      const exchange = exchangeOf(request);
      const photo = photoOf(request.body);
      exchange.notes.bytesIn = photo.length;
      const background = backgroundOf(request);
      const options = order.withBackground?.(background) ?? order.options;
      const arrival = { ...order, photo, background, options, exchange };
      const { job, isNew } = await acceptJob(arrival, parts);
      if (isNew) {
        order.isBegun = true;
        reply.code(201).header('location', `/v1/jobs/${job.id}`);
      }
      return job.document;
    },
  });

  app.get('/v1/jobs/:id', async (request) => jobOf(request, parts).document);

  app.delete('/v1/jobs/:id', async (request) => {
    const job = jobOf(request, parts);
    if (job.end === undefined) job.cancel();
    else store.forget(exchangeOf(request).caller, job.id);
    return job.document;
  });
}

/** The job that a request of its caller is about. @throws DioramaError `REQUEST_INVALID`, `JOB_UNKNOWN` */
export function jobOf(request: FastifyRequest, { store }: Pick<JobParts, 'store'>): Job {
  return store.get(exchangeOf(request).caller, jobIdOf(request));
}

function jobIdOf(request: FastifyRequest): string {
  const { id } = request.params as { readonly id: string }; // every address that asks has it
  if (JOB_ID_PATTERN.test(id)) return id;
  const line = 'The id of a job must be 16 to 64 letters, digits, hyphens and underscores.';
  throw new DioramaError('REQUEST_INVALID', line);
}
