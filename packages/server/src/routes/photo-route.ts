import { DioramaError } from '@diorama/core';
import type { LayersAnswer, LayersOptions } from '@diorama/engine';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addLayersHeaders } from '../answers/headers.ts';
import { noteAnswer } from '../answers/note-answer.ts';
import type { PhotoDesk, PhotoTicket } from '../desk/photo-desk.ts';
import { announcedBytes } from '../intake/announced-bytes.ts';
import { backgroundOf, expectBackground } from '../intake/background.ts';
import { exchangeOf } from '../plugins/exchange.ts';

/** What a request wants from its photo, read from everything but the body. */
export interface PhotoOrder {
  readonly options: LayersOptions;
  /** The options once the body is read, where its form may hold a picture for the background. */
  readonly withBackground?: (picture: Uint8Array | undefined) => LayersOptions;
  readonly send: (answer: LayersAnswer, reply: FastifyReply) => FastifyReply;
}

/**
 * A route that takes one photo. Orders that cannot be, and photos too many, are refused before a byte of the
 * body is read.
 */
export function addPhotoRoute(
  app: FastifyInstance,
  url: string,
  takeOrder: (request: FastifyRequest) => PhotoOrder,
  desk: PhotoDesk,
): void {
  const orders = new WeakMap<FastifyRequest, PhotoOrder & { readonly ticket: PhotoTicket }>();
  app.post(url, {
    onRequest: async (request, reply) => {
      const order = takeOrder(request);
      if (order.withBackground) expectBackground(request);
      orders.set(request, { ...order, ticket: admitRequest(request, reply, desk) });
    },
    handler: async (request, reply) => {
      const order = orders.get(request);
      if (order === undefined) throw new DioramaError('INTERNAL', 'A request without an order.');
      const photo = photoOf(request.body);
      // The request lives on until its answer is read, which may take longer than anything else.
      request.body = undefined;
      const options = order.withBackground?.(backgroundOf(request)) ?? order.options;
      const answer = await layersFor(request, order.ticket, photo, options);
      addLayersHeaders(answer.document, reply);
      return order.send(answer, reply);
    },
  });
}

/**
 * A place at the desk for a request, which gives it back when its answer is out or its caller gone. `bytes` is what the
 * request announces unless something else is known.
 */
export function admitRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  desk: PhotoDesk,
  bytes = announcedBytes(request.headers),
): PhotoTicket {
  const { caller, deadlineAtMs } = exchangeOf(request);
  const ticket = desk.admit({ caller, bytes, deadlineAtMs });
  reply.raw.once('close', ticket.release);
  return ticket;
}

/** The layers of the photo that a request brought, with what is worth knowing of them noted on its exchange. */
export async function layersFor(
  request: FastifyRequest,
  ticket: PhotoTicket,
  bytes: Uint8Array,
  options: LayersOptions,
): Promise<LayersAnswer> {
  const { signal, notes } = exchangeOf(request);
  notes.bytesIn = bytes.length;
  const answer = await ticket.layers({ bytes, options, signal, notes });
  noteAnswer(notes, answer.document);
  return answer;
}

/** The photo that a request brought as its body. @throws DioramaError `PHOTO_EMPTY` */
export function photoOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array && body.length > 0) return body;
  throw new DioramaError('PHOTO_EMPTY', 'The request holds no photo.');
}
