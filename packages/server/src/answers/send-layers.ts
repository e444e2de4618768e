import { LAYERS_ANSWER_TYPES, type LayersAnswerType } from '@diorama/contract';
import type { LayersAnswer } from '@diorama/engine';
import type { FastifyReply } from 'fastify';
import { chooseType } from './accept.ts';
import { jsonBody } from './json.ts';
import { layerFiles, layersJson, type PiecewiseBody } from './layer-files.ts';
import { mixedBody } from './mixed.ts';
import { sendPiecewise } from './send-piecewise.ts';
import { zipBody } from './zip.ts';

const WRITERS = {
  'application/zip': zipLayers,
  'multipart/mixed': mixLayers,
  'application/json': jsonBody,
} as const satisfies Record<LayersAnswerType, (answer: LayersAnswer) => PiecewiseBody>;

/**
 * How all layers of a photo are sent to whoever has this `Accept`: one archive, one multipart body or one JSON document.
 * @throws DioramaError `ANSWER_TYPE_UNSUPPORTED`
 */
export function layersSender(
  accept: string | undefined,
): (answer: LayersAnswer, reply: FastifyReply) => FastifyReply {
  const write = WRITERS[chooseType(accept, LAYERS_ANSWER_TYPES)];
  return (answer, reply) => sendPiecewise(write(answer), 'layers.zip', reply);
}

function zipLayers(answer: LayersAnswer): PiecewiseBody {
  return zipBody([{ path: 'layers.json', bytes: layersJson(answer) }, ...layerFiles(answer)]);
}

function mixLayers(answer: LayersAnswer): PiecewiseBody {
  const document = { path: 'layers.json', mediaType: 'application/json' };
  return mixedBody([{ ...document, bytes: layersJson(answer) }, ...layerFiles(answer)]);
}
