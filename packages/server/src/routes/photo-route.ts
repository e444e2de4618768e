import { DioramaError } from '@diorama/core';
import type { LayersAnswer, LayersOptions } from '@diorama/engine';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addLayersHeaders } from '../answers/headers.ts';
import { untilAborted } from '../deadline.ts';
import type { Admission } from '../plugins/admission.ts';
import { exchangeOf } from '../plugins/exchange.ts';
import type { Readiness } from '../readiness.ts';

/** What a request wants from its photo, read from everything but the body. */
export interface PhotoOrder {
  readonly options: LayersOptions;
  readonly send: (answer: LayersAnswer, reply: FastifyReply) => FastifyReply;
}

export interface PhotoRouteParts {
  readonly readiness: Readiness;
  readonly admit: Admission;
}

/**
 * A route that takes one photo. Orders that cannot be, and photos too many, are refused before a byte of the
 * body is read.
 */
export function addPhotoRoute(
  app: FastifyInstance,
  url: string,
  takeOrder: (request: FastifyRequest) => PhotoOrder,
  parts: PhotoRouteParts,
): void {
  const orders = new WeakMap<FastifyRequest, PhotoOrder>();
  app.post(url, {
    onRequest: async (request, reply) => {
      parts.readiness.checkOpen();
      orders.set(request, takeOrder(request));
      parts.admit(request, reply);
    },
    handler: async (request, reply) => {
      const order = orders.get(request);
      if (order === undefined) throw new DioramaError('INTERNAL', 'A request without an order.');
      const answer = await makeLayers(request, order.options, parts.readiness);
      addLayersHeaders(answer.document, reply);
      return order.send(answer, reply);
    },
  });
}

async function makeLayers(
  request: FastifyRequest,
  options: LayersOptions,
  readiness: Readiness,
): Promise<LayersAnswer> {
  const { signal, notes } = exchangeOf(request);
  const { body } = request;
  if (!(body instanceof Uint8Array) || body.length === 0) {
    throw new DioramaError('PHOTO_EMPTY', 'The request holds no photo.');
  }
  notes.bytesIn = body.length;
  const diorama = await readiness.diorama(signal);
  const answer = await untilAborted(diorama.layers(body, options, signal), signal);
  const { size, model, timingsMs } = answer.document;
  notes.widthPx = size.width;
  notes.heightPx = size.height;
  notes.model = `${model.id}@${model.version}`;
  notes.stepsMs = timingsMs;
  return answer;
}
