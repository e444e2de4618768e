import { Readable } from 'node:stream';
import {
  LAYER_NAMES,
  LAYERS_ANSWER_TYPES,
  type LayersAnswerType,
  layersQuerySchema,
} from '@diorama/contract';
import type { LayersAnswer } from '@diorama/engine';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { chooseType } from '../answers/accept.ts';
import { jsonBody } from '../answers/json.ts';
import { layerFiles, layersJson, type PiecewiseBody } from '../answers/layer-files.ts';
import { mixedBody } from '../answers/mixed.ts';
import { zipBody } from '../answers/zip.ts';
import type { PhotoDesk } from '../desk/photo-desk.ts';
import { layersOptions } from './layers-options.ts';
import { addPhotoRoute } from './photo-route.ts';
import { readQuery } from './query.ts';

const WRITERS = {
  'application/zip': zipLayers,
  'multipart/mixed': mixLayers,
  'application/json': jsonBody,
} as const satisfies Record<LayersAnswerType, (answer: LayersAnswer) => PiecewiseBody>;

/** `POST /v1/layers`: all layers of a photo, as one archive, one multipart body or one JSON document. */
export function addLayersRoute(app: FastifyInstance, desk: PhotoDesk): void {
  addPhotoRoute(
    app,
    '/v1/layers',
    (request) => {
      const query = readQuery(layersQuerySchema, request.query);
      const write = WRITERS[chooseType(request.headers.accept, LAYERS_ANSWER_TYPES)];
      const options = layersOptions(query.layers ?? LAYER_NAMES, query);
      return { options, send: (answer, reply) => sendPiecewise(write(answer), reply) };
    },
    desk,
  );
}

function zipLayers(answer: LayersAnswer): PiecewiseBody {
  return zipBody([{ path: 'layers.json', bytes: layersJson(answer) }, ...layerFiles(answer)]);
}

function mixLayers(answer: LayersAnswer): PiecewiseBody {
  const document = { path: 'layers.json', mediaType: 'application/json' };
  return mixedBody([{ ...document, bytes: layersJson(answer) }, ...layerFiles(answer)]);
}

function sendPiecewise(body: PiecewiseBody, reply: FastifyReply): FastifyReply {
  if (body.contentType === 'application/zip') {
    reply.header('content-disposition', 'attachment; filename="layers.zip"');
  }
  return reply
    .header('vary', 'accept')
    .header('content-type', body.contentType)
    .header('content-length', body.contentLength)
    .send(Readable.from(body.pieces));
}
