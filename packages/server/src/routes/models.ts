import type { ModelCard, ModelList, ServedModel } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ModelFiles } from '../models/model-files.ts';
import { createFileSlots, sendModelFile } from '../models/send-model-file.ts';
import {
  assertShareable,
  isShareable,
  listServedCards,
  servedModel,
} from '../models/served-model.ts';
import { exchangeOf } from '../plugins/exchange.ts';
import { LONG_ANSWER } from '../plugins/slow-readers.ts';
import type { Readiness } from '../readiness.ts';

export interface ModelRouteParts {
  readonly readiness: Readiness;
  /** Licences (SPDX) under which files are passed on although they bind, or are no public ones. */
  readonly sharedLicences: readonly string[];
}

/** An address with the hash in it never means other bytes; the other one asks each time. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';

/**
 * `GET /v1/models` and `/v1/models/{id}`: the cards. `GET /v1/models/{id}/file` and `/v1/models/{id}/{sha256}.onnx`: the
 * file, for pages of this very origin.
 */
export function addModelRoutes(app: FastifyInstance, parts: ModelRouteParts): void {
  const { readiness, sharedLicences } = parts;
  const files = new ModelFiles();
  const takeSlot = createFileSlots();

  const cards = async (request: FastifyRequest): Promise<readonly ModelCard[]> => {
    const { signal } = exchangeOf(request);
    return listServedCards(await readiness.diorama(signal));
  };
  const cardOf = async (request: FastifyRequest): Promise<ModelCard> => {
    const { id } = request.params as { readonly id: string }; // every address that asks has it
    const card = (await cards(request)).find((candidate) => candidate.id === id);
    if (card) return card;
    throw new DioramaError(
      'MODEL_UNKNOWN',
      'This server has no such model; /v1/models lists them.',
    );
  };
  const describe = async (card: ModelCard): Promise<ServedModel> => {
    const mayHave = isShareable(card, sharedLicences);
    return servedModel(card, mayHave && (await files.find(card)) !== undefined);
  };

  app.get(
    '/v1/models',
    async (request): Promise<ModelList> => ({
      models: await Promise.all((await cards(request)).map(describe)),
    }),
  );
  app.get('/v1/models/:id', async (request) => describe(await cardOf(request)));

  for (const name of ['file', ':name']) {
    app.route({
      // HEAD by itself: Fastify's own would read the whole file to say nothing of it.
      method: ['GET', 'HEAD'],
      exposeHeadRoute: false,
      url: `/v1/models/:id/${name}`,
      config: LONG_ANSWER,
      handler: async (request, reply) => {
        const card = await cardOf(request);
        const asked = (request.params as { readonly name?: string }).name; // as the address has it
        if (asked !== undefined && asked !== `${card.sha256}.onnx`) {
          const line = `Model ${card.id} has no such file; /v1/models/${card.id} names the one that it has.`;
          throw new DioramaError('MODEL_UNKNOWN', line);
        }
        assertShareable(card, sharedLicences);
        reply.header('cache-control', asked === undefined ? ASK_AGAIN : FOR_EVER);
        const open = () => {
          takeSlot(reply, card.bytes);
          return files.open(card);
        };
        return sendModelFile(card, open, request, reply);
      },
    });
  }
}
