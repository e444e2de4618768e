import {
  ARRAY_TYPE,
  PREDICTION_ANSWER_TYPES,
  type PredictionAnswerType,
  predictQuerySchema,
} from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { PredictionAnswer, PredictionSource, PredictOptions } from '@diorama/engine';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { chooseType } from '../answers/accept.ts';
import { npzBody } from '../answers/npz.ts';
import { documentWithPlanes } from '../answers/prediction-json.ts';
import { sendPiecewise } from '../answers/send-piecewise.ts';
import type { PhotoDesk, PhotoTicket } from '../desk/photo-desk.ts';
import { readNpyPicture } from '../npy/read-npy.ts';
import { exchangeOf } from '../plugins/exchange.ts';
import { admitRequest, photoOf } from './photo-route.ts';
import { readQuery } from './query.ts';

interface Order {
  readonly options: PredictOptions;
  readonly answerType: PredictionAnswerType;
  readonly ticket: PhotoTicket;
}

/** `POST /v1/predict`: what one network gives for a photo or a picture of its own size, and nothing besides. */
export function addPredictRoute(app: FastifyInstance, desk: PhotoDesk): void {
  const orders = new WeakMap<FastifyRequest, Order>();
  app.post('/v1/predict', {
    onRequest: async (request, reply) => {
      const { model } = readQuery(predictQuerySchema, request.query);
      const answerType = chooseType(request.headers.accept, PREDICTION_ANSWER_TYPES);
      const planes = answerType === 'application/json' ? 'png' : 'samples';
      const options = { planes, ...(model === undefined ? {} : { model }) } as const;
      orders.set(request, { options, answerType, ticket: admitRequest(request, reply, desk) });
    },
    handler: async (request, reply) => {
      const order = orders.get(request);
      if (order === undefined) throw new DioramaError('INTERNAL', 'A request without an order.');
      const { signal, notes } = exchangeOf(request);
      const source = sourceOf(request);
      const answer = await order.ticket.predict({ source, options: order.options, signal, notes });
      const { model, size, timingsMs } = answer.document;
      notes.widthPx = size.width;
      notes.heightPx = size.height;
      notes.model = `${model.id}@${model.version}`;
      notes.stepsMs = timingsMs;
      addPredictionHeaders(answer, reply);
      if (order.answerType === 'application/zip')
        return sendPiecewise(npzBody(answer), 'prediction.npz', reply);
      return reply.header('vary', 'accept').send(documentWithPlanes(answer));
    },
  });
}

function sourceOf(request: FastifyRequest): PredictionSource {
  const { notes } = exchangeOf(request);
  const bytes = photoOf(request.body);
  notes.bytesIn = bytes.length;
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  return type === ARRAY_TYPE ? readNpyPicture(bytes) : bytes;
}

function addPredictionHeaders({ document }: PredictionAnswer, reply: FastifyReply): void {
  const { model, timingsMs } = document;
  reply.header('x-model', `${model.id}@${model.version}`);
  reply.header('x-model-licence', model.licence);
  const steps = Object.entries(timingsMs).map(([step, ms]) => `${step};dur=${ms.toFixed(1)}`);
  reply.header('server-timing', steps.join(', '));
}
