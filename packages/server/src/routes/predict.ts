import {
  ARRAY_TYPE,
  PREDICTION_ANSWER_TYPES,
  type PredictionAnswerType,
  predictQuerySchema,
  SEALED_TYPE,
} from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { PredictionAnswer, PredictionSource, PredictOptions } from '@diorama/engine';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { chooseType } from '../answers/accept.ts';
import { asBuffer } from '../answers/as-buffer.ts';
import { partBody, predictionPart } from '../answers/json-part.ts';
import { noteAnswer } from '../answers/note-answer.ts';
import { npzBody } from '../answers/npz.ts';
import { sendPiecewise } from '../answers/send-piecewise.ts';
import type { PhotoDesk, PhotoTicket } from '../desk/photo-desk.ts';
import { readNpyPicture } from '../npy/read-npy.ts';
import { exchangeOf } from '../plugins/exchange.ts';
import type { SealedService } from '../seal/sealed-service.ts';
import { admitRequest, photoOf } from './photo-route.ts';
import { readQuery } from './query.ts';

interface PictureOrder {
  readonly kind: 'picture';
  readonly options: PredictOptions;
  readonly answerType: PredictionAnswerType;
  readonly ticket: PhotoTicket;
}

interface SealedOrder {
  readonly kind: 'sealed';
  readonly ticket: PhotoTicket;
}

type Order = PictureOrder | SealedOrder;

/**
 * `POST /v1/predict`: what one network gives for a photo or a picture of its own size, and nothing besides; sealed for what
 * comes sealed.
 */
export function addPredictRoute(
  app: FastifyInstance,
  desk: PhotoDesk,
  sealed: Pick<SealedService, 'answer'>,
): void {
  const orders = new WeakMap<FastifyRequest, Order>();
  app.post('/v1/predict', {
    onRequest: async (request, reply) => {
      const { model } = readQuery(predictQuerySchema, request.query);
      if (typeOf(request) === SEALED_TYPE) {
        if (model !== undefined) throw modelOfSealed();
        orders.set(request, { kind: 'sealed', ticket: admitRequest(request, reply, desk) });
        return;
      }
      const answerType = chooseType(request.headers.accept, PREDICTION_ANSWER_TYPES);
      const planes = answerType === 'application/json' ? 'png' : 'samples';
      const options = { planes, ...(model === undefined ? {} : { model }) } as const;
      const ticket = admitRequest(request, reply, desk);
      orders.set(request, { kind: 'picture', options, answerType, ticket });
    },
    handler: async (request, reply) => {
      const order = orders.get(request);
      if (order === undefined) throw new DioramaError('INTERNAL', 'A request without an order.');
      if (order.kind === 'sealed') return answerSealed(request, reply, order, sealed);
      const { signal, notes } = exchangeOf(request);
      const source = sourceOf(request);
      const answer = await order.ticket.predict({ source, options: order.options, signal, notes });
      noteAnswer(notes, answer.document);
      addPredictionHeaders(answer, reply);
      const isJson = order.answerType === 'application/json';
      const body = isJson ? partBody(predictionPart(answer)) : npzBody(answer);
      return sendPiecewise(body, 'prediction.npz', reply);
    },
  });
}

function sourceOf(request: FastifyRequest): PredictionSource {
  const { notes } = exchangeOf(request);
  const bytes = photoOf(request.body);
  notes.bytesIn = bytes.length;
  return typeOf(request) === ARRAY_TYPE ? readNpyPicture(bytes) : bytes;
}

function typeOf({ headers }: FastifyRequest): string | undefined {
  return headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
}

async function answerSealed(
  request: FastifyRequest,
  reply: FastifyReply,
  { ticket }: SealedOrder,
  sealed: Pick<SealedService, 'answer'>,
): Promise<FastifyReply> {
  const message = photoOf(request.body);
  request.body = undefined;
  const answer = await sealed.answer({ message, exchange: exchangeOf(request), ticket });
  return reply.header('content-type', SEALED_TYPE).send(asBuffer(answer));
}

function modelOfSealed(): DioramaError {
  const line = 'A sealed picture is answered by the model that there is: leave model out.';
  return new DioramaError('REQUEST_INVALID', line);
}

function addPredictionHeaders({ document }: PredictionAnswer, reply: FastifyReply): void {
  const { model, timingsMs } = document;
  reply.header('x-model', `${model.id}@${model.version}`);
  reply.header('x-model-licence', model.licence);
  const steps = Object.entries(timingsMs).map(([step, ms]) => `${step};dur=${ms.toFixed(1)}`);
  reply.header('server-timing', steps.join(', '));
}
