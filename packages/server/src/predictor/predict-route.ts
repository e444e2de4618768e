import { setMaxListeners } from 'node:events';
import { type PredictParameters, SEALED_TYPE } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { partBody, predictionsPart } from '../answers/json-part.ts';
import { sendPieces as send } from '../answers/send-piecewise.ts';
import type { PhotoDesk, PhotoTicket } from '../desk/photo-desk.ts';
import { announcedBytes } from '../intake/announced-bytes.ts';
import { collectBytes } from '../intake/bytes.ts';
import { type Exchange, exchangeOf } from '../plugins/exchange.ts';
import { answerInstances, type InstanceParts, sealRequired } from './answer-instances.ts';
import { answerSealed, archiveOf, type PictureAsk } from './answer-picture.ts';
import type { BodyReader } from './body-reader.ts';
import { type BodyKind, readBodyType, sourceOf } from './picture-content.ts';

/** What the predict route goes by, whatever the platform calls it: addresses are rewritten to this one. */
export const PREDICT_PATH = '/predict';

export interface PredictRouteParts extends InstanceParts {
  readonly desk: PhotoDesk;
  readonly reader: BodyReader;
  /** Of one request. */
  readonly maxBytes: number;
}

/** What a request is, by its head alone. */
interface Order {
  readonly kind: BodyKind;
  readonly type: string;
  readonly parameters: PredictParameters;
  readonly ticket: PhotoTicket;
  /** Its deadline moves when the body says an earlier one. */
  readonly arrival: { deadlineAtMs: number };
}

/** `POST` of one picture, of a sealed one, or of instances: what the network gives for them. */
export function addPredictionRoute(app: FastifyInstance, parts: PredictRouteParts): void {
  const { desk, maxBytes } = parts;
  const orders = new WeakMap<FastifyRequest, Order>();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (request: FastifyRequest) =>
    collectBytes(request.raw, maxBytes, {
      expectedBytes: announcedBytes(request.headers),
      signal: exchangeOf(request).signal,
      what: 'request',
    }),
  );
  app.post(PREDICT_PATH, {
    onRequest: async (request, reply) => {
      assertPlain(request.headers['content-encoding']);
      const { kind, type, parameters } = readBodyType(request.headers['content-type']);
      if (kind === 'picture' && parts.isSealRequired) throw sealRequired();
      const exchange = exchangeOf(request);
      const arrival = {
        caller: exchange.caller,
        bytes: announcedBytes(request.headers),
        deadlineAtMs: dueAtMs(exchange, parameters),
      };
      const ticket = desk.admit(arrival);
      reply.raw.once('close', ticket.release);
      orders.set(request, { kind, type, parameters, ticket, arrival });
    },
    handler: async (request, reply) => {
      const order = orders.get(request);
      if (order === undefined) throw new DioramaError('INTERNAL', 'A request without an order.');
      const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
      // The request lives on until its answer is read.
      request.body = undefined;
      const exchange = exchangeOf(request);
      exchange.notes.bytesIn = bytes.length;
      if (order.kind === 'json') return answerJson(bytes, { request, reply, order, parts });
      const { ticket, parameters, type } = order;
      const ask: PictureAsk = { exchange, ticket, parameters, maxBytes: Number.POSITIVE_INFINITY };
      if (order.kind === 'sealed') {
        const sealed = await answerSealed(bytes, parts.box, ask);
        const pieces = [sealed];
        return send({ contentType: SEALED_TYPE, contentLength: sealed.length, pieces }, reply);
      }
      const { body, answer } = await archiveOf(sourceOf(bytes, type), ask);
      const { model } = answer.document;
      reply.header('x-model', `${model.id}@${model.version}`);
      return send(body, reply);
    },
  });
}

function assertPlain(encoding = 'identity'): void {
  if (encoding.trim().toLowerCase() === 'identity') return;
  throw new DioramaError(
    'PHOTO_TYPE_UNSUPPORTED',
    'The request is compressed (Content-Encoding); send it as it is.',
  );
}

interface JsonAsk {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly order: Order;
  readonly parts: PredictRouteParts;
}

async function answerJson(
  bytes: Uint8Array,
  { request, reply, order, parts }: JsonAsk,
): Promise<FastifyReply> {
  const exchange = exchangeOf(request);
  const body = await parts.reader.read(bytes, exchange.signal);
  exchange.signal.throwIfAborted();
  order.arrival.deadlineAtMs = dueAtMs(exchange, body.parameters);
  // Each of many pictures listens to the end of their one request.
  setMaxListeners(0, exchange.signal);
  const tickets: PhotoTicket[] = [];
  reply.raw.once('close', () => {
    for (const ticket of tickets) ticket.release();
  });
  let own: PhotoTicket | undefined = order.ticket;
  const admit = (ownBytes: number): PhotoTicket => {
    // The first picture has the place that the request came in with.
    const first = own;
    own = undefined;
    if (first) return first;
    const { caller } = exchange;
    const { deadlineAtMs } = order.arrival;
    const ticket = parts.desk.admit({ caller, bytes: ownBytes, deadlineAtMs, isAccepted: true });
    tickets.push(ticket);
    return ticket;
  };
  const answered = await answerInstances({ exchange, body, admit }, parts);
  return send(partBody(predictionsPart(answered)), reply);
}

/** On the clock of `performance.now()`. */
function dueAtMs(exchange: Exchange, { deadlineMs = Infinity }: PredictParameters): number {
  return Math.min(exchange.deadlineAtMs, exchange.startedAtMs + deadlineMs);
}
