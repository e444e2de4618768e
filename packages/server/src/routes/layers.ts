import { LAYER_NAMES, layersQuerySchema } from '@diorama/contract';
import type { FastifyInstance } from 'fastify';
import { layersSender } from '../answers/send-layers.ts';
import type { PhotoDesk } from '../desk/photo-desk.ts';
import { optionsWithBackground } from './layers-options.ts';
import { addPhotoRoute } from './photo-route.ts';
import { readQuery } from './query.ts';

/** `POST /v1/layers`: all layers of a photo, as one archive, one multipart body or one JSON document. */
export function addLayersRoute(app: FastifyInstance, desk: PhotoDesk): void {
  addPhotoRoute(
    app,
    '/v1/layers',
    (request) => {
      const query = readQuery(layersQuerySchema, request.query);
      const send = layersSender(request.headers.accept);
      return { ...optionsWithBackground(query.layers ?? LAYER_NAMES, query, request), send };
    },
    desk,
  );
}
