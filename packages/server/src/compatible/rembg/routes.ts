import { DioramaError } from '@diorama/core';
import type { LayersAnswer } from '@diorama/engine';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asBuffer } from '../../answers/as-buffer.ts';
import { addLayersHeaders } from '../../answers/headers.ts';
import { layerFiles } from '../../answers/layer-files.ts';
import { untilAborted } from '../../deadline.ts';
import type { PhotoDesk, PhotoTicket } from '../../desk/photo-desk.ts';
import { exchangeOf } from '../../plugins/exchange.ts';
import { knownFault } from '../../plugins/problems.ts';
import { admitRequest, layersFor } from '../../routes/photo-route.ts';
import { type FieldPlan, type Fields, NO_FIELDS } from '../body/fields.ts';
import { readFields } from '../body/read-fields.ts';
import type { FetchPhoto } from '../fetch-photo.ts';
import { type Parameters, REMBG_TEXTS, readRembgOptions } from './options.ts';
import { answerParameterFaults, answerRembgError } from './problems.ts';

/** Ids of the models that a request may name, once they are warm. */
export type OpenModels = (signal: AbortSignal) => Promise<readonly string[]>;

export interface RembgParts {
  readonly desk: PhotoDesk;
  readonly maxBytes: number;
  readonly fetchPhoto: FetchPhoto;
  readonly openModels: OpenModels;
}

const FIELDS: FieldPlan = { texts: REMBG_TEXTS, files: ['file'], base64Files: [] };

/** `GET` and `POST /api/remove`, in a scope with bodies and refusals of their own. */
export function addRembgRoutes(scope: FastifyInstance, parts: RembgParts): void {
  const { desk, maxBytes, openModels } = parts;
  scope.setErrorHandler((error, request, reply) =>
    answerRembgError(knownFault(error, maxBytes), request, reply),
  );
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (request: FastifyRequest) =>
    untilAborted(readFields(request, FIELDS, maxBytes), exchangeOf(request).signal),
  );

  const tickets = new WeakMap<FastifyRequest, PhotoTicket>();
  scope.post<{ Body: Fields | null | undefined }>('/api/remove', {
    onRequest: async (request, reply) => {
      tickets.set(request, admitRequest(request, reply, desk));
    },
    handler: async (request, reply) => {
      const { texts, files } = request.body ?? NO_FIELDS;
      const ticket = tickets.get(request);
      if (ticket === undefined) throw new DioramaError('INTERNAL', 'A request without a ticket.');
      const query = queryOf(request);
      // rembg has most of them in the form, the colour and the extras in the query; either is taken.
      const parameters: Parameters = {
        get: (name) => texts.get(name) ?? query(name),
        place: 'body',
      };
      const file = files.get('file');
      if (file === undefined) return answerMissing('body', 'file', request, reply);
      return remove(request, reply, { parameters, ticket, photo: async () => file });
    },
  });

  // A HEAD would do all the work of it.
  scope.get('/api/remove', { exposeHeadRoute: false }, async (request, reply) => {
    const get = queryOf(request);
    const url = get('url');
    if (url === undefined) return answerMissing('query', 'url', request, reply);
    // The request announces nothing; what is fetched counts as the largest photo.
    const ticket = admitRequest(request, reply, desk, maxBytes);
    const { signal } = exchangeOf(request);
    const photo = () => parts.fetchPhoto(url, { signal });
    return remove(request, reply, { parameters: { get, place: 'query' }, ticket, photo });
  });

  async function remove(
    request: FastifyRequest,
    reply: FastifyReply,
    order: {
      readonly parameters: Parameters;
      readonly ticket: PhotoTicket;
      readonly photo: () => Promise<Uint8Array>;
    },
  ): Promise<FastifyReply> {
    const { signal } = exchangeOf(request);
    const read = readRembgOptions(order.parameters, await openModels(signal));
    if ('faults' in read) return answerParameterFaults(read.faults, request, reply);
    const answer = await layersFor(request, order.ticket, await order.photo(), read.options);
    return sendPicture(answer, reply);
  }
}

function sendPicture(answer: LayersAnswer, reply: FastifyReply): FastifyReply {
  const [file] = layerFiles(answer);
  if (file === undefined) throw new DioramaError('INTERNAL', 'The answer lacks its picture.');
  addLayersHeaders(answer.document, reply);
  return reply.header('content-type', file.mediaType).send(asBuffer(file.bytes));
}

function answerMissing(
  place: 'body' | 'query',
  name: string,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const fault = { type: 'missing', loc: [place, name], msg: 'Field required' } as const;
  return answerParameterFaults([fault], request, reply);
}

/** The parameters of an address; of one that is there twice the last, and none for an empty one. */
function queryOf({ query }: FastifyRequest): (name: string) => string | undefined {
  const values = new Map(Object.entries(query as Record<string, unknown>)); // Fastify's own parser made it
  return (name) => {
    const text = [values.get(name)].flat().at(-1);
    return typeof text === 'string' && text !== '' ? text : undefined;
  };
}
