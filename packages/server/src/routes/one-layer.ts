import {
  LAYER_NAMES,
  type LayerName,
  layerQuerySchema,
  subjectQuerySchema,
} from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { LayersAnswer } from '@diorama/engine';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asBuffer } from '../answers/as-buffer.ts';
import { layerFiles } from '../answers/layer-files.ts';
import type { PhotoDesk } from '../desk/photo-desk.ts';
import { layersOptions, optionsWithBackground } from './layers-options.ts';
import { addPhotoRoute, type PhotoOrder } from './photo-route.ts';
import { readQuery } from './query.ts';

/** `POST /v1/depth`, `/v1/matte`, `/v1/subject`, `/v1/plate`: one layer of a photo, as that picture alone. */
export function addOneLayerRoutes(app: FastifyInstance, desk: PhotoDesk): void {
  for (const layer of LAYER_NAMES) {
    addPhotoRoute(
      app,
      `/v1/${layer}`,
      (request) => ({
        ...orderOf(layer, request),
        send: (answer, reply) => sendLayer(layer, answer, reply),
      }),
      desk,
    );
  }
}

function orderOf(layer: LayerName, request: FastifyRequest): Omit<PhotoOrder, 'send'> {
  if (layer !== 'subject') {
    return { options: layersOptions([layer], readQuery(layerQuerySchema, request.query)) };
  }
  return optionsWithBackground([layer], readQuery(subjectQuerySchema, request.query), request);
}

function sendLayer(layer: LayerName, answer: LayersAnswer, reply: FastifyReply): FastifyReply {
  const file = layerFiles(answer).find((one) => one.layer === layer);
  if (file === undefined) throw new DioramaError('INTERNAL', `The answer lacks the ${layer}.`);
  return reply
    .header('content-type', file.mediaType)
    .header('content-disposition', `inline; filename="${file.path}"`)
    .send(asBuffer(file.bytes));
}
