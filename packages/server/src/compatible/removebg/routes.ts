import { DioramaError } from '@diorama/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { chooseType } from '../../answers/accept.ts';
import { addLayersHeaders } from '../../answers/headers.ts';
import { untilAborted } from '../../deadline.ts';
import type { PhotoDesk, PhotoTicket } from '../../desk/photo-desk.ts';
import { exchangeOf } from '../../plugins/exchange.ts';
import { knownFault } from '../../plugins/problems.ts';
import { admitRequest, layersFor } from '../../routes/photo-route.ts';
import { type Fields, NO_FIELDS } from '../body/fields.ts';
import { readFields } from '../body/read-fields.ts';
import type { FetchPhoto } from '../fetch-photo.ts';
import { accountOf, type CreditsOf } from './account.ts';
import { sendRemoveBg } from './answer.ts';
import { REMOVEBG_FIELDS, readRemoveBgOrder } from './order.ts';
import { hasAddress, readPictures } from './pictures.ts';
import { answerRemoveBgError } from './problems.ts';

export interface RemoveBgParts {
  readonly desk: PhotoDesk;
  readonly maxBytes: number;
  readonly fetchPhoto: FetchPhoto;
  readonly creditsOf: CreditsOf;
}

/** What the answer can be, pictures first: a client that takes anything gets the picture. */
const ANSWER_TYPES = [
  'image/png',
  'image/jpeg',
  'image/webp',
  'application/zip',
  'application/json',
] as const;

/** `POST /v1.0/removebg` and `GET /v1.0/account`, in a scope with bodies and refusals of their own. */
export function addRemoveBgRoutes(scope: FastifyInstance, parts: RemoveBgParts): void {
  const { desk, maxBytes, creditsOf } = parts;
  scope.setErrorHandler((error, request, reply) =>
    answerRemoveBgError(knownFault(error, maxBytes), request, reply),
  );
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (request: FastifyRequest) =>
    untilAborted(readFields(request, REMOVEBG_FIELDS, maxBytes), exchangeOf(request).signal),
  );

  const arrivals = new WeakMap<FastifyRequest, { ticket: PhotoTicket; isJson: boolean }>();
  scope.post<{ Body: Fields | null | undefined }>('/v1.0/removebg', {
    onRequest: async (request, reply) => {
      const isJson = chooseType(request.headers.accept, ANSWER_TYPES) === 'application/json';
      arrivals.set(request, { ticket: admitRequest(request, reply, desk), isJson });
    },
    handler: async (request, reply) => {
      const arrival = arrivals.get(request);
      if (arrival === undefined) throw new DioramaError('INTERNAL', 'A request without a ticket.');
      const order = readRemoveBgOrder(request.body ?? NO_FIELDS);
      const { signal, caller } = exchangeOf(request);
      let { ticket } = arrival;
      if (hasAddress(order)) {
        // The request announced a few bytes; what is fetched counts as the largest photo.
        ticket.release();
        ticket = admitRequest(request, reply, desk, maxBytes);
      }
      const { photo, background } = await readPictures(order, parts.fetchPhoto, signal);
      const options = { ...order.options, ...(background === undefined ? {} : { background }) };
      const answer = await layersFor(request, ticket, photo, options);
      addLayersHeaders(answer.document, reply);
      const creditsCharged = creditsOf(caller.id) === undefined ? 0 : 1;
      return sendRemoveBg(answer, { order, isJson: arrival.isJson, creditsCharged }, reply);
    },
  });

  scope.get('/v1.0/account', async (request, reply) =>
    reply
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(accountOf(creditsOf(exchangeOf(request).caller.id)))),
  );
}
