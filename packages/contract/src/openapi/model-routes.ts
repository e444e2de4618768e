import { answer, binary, json } from './answers.ts';
import type { Answers, Paths } from './document-types.ts';
import { headerRefs } from './headers.ts';
import { parameterRef } from './parameters.ts';
import { KEYED_REFUSAL, refusals } from './refusals.ts';
import { curl } from './samples.ts';

const TAGS = ['Models'];
const LIST_REFUSAL = [
  ...KEYED_REFUSAL,
  'ORIGIN_REFUSED',
  'NOT_READY',
  'PROVIDER_UNAVAILABLE',
  'DEADLINE_EXCEEDED',
] as const;
const FILE_ANSWERS: Answers = {
  200: answer('The file, an ONNX graph.', binary(['application/octet-stream']), [
    'ETag',
    'Accept-Ranges',
    'Content-Disposition',
  ]),
  206: answer('The part that `Range` asked for.', binary(['application/octet-stream']), [
    'ETag',
    'Accept-Ranges',
    'Content-Range',
    'Content-Disposition',
  ]),
  304: answer('`If-None-Match` named this very file.', undefined, ['ETag']),
  416: {
    description: 'The part lies outside of the file.',
    headers: headerRefs(['X-Request-Id', 'Content-Range']),
  },
  ...refusals([
    ...LIST_REFUSAL,
    'MODEL_UNKNOWN',
    'MODEL_MISSING',
    'MODEL_CORRUPT',
    'LICENCE_NOT_ACCEPTED',
    'QUEUE_FULL',
  ]),
};

/** `/v1/models` and what is under it. */
export function modelRoutes(): Paths {
  const parameters = [parameterRef('ModelId')];
  return {
    '/v1/models': {
      get: {
        operationId: 'listModels',
        tags: TAGS,
        summary: 'Models of this server',
        description:
          'The cards of the models that answer photos here, then of the embedded one. `file` is there where the server passes the file on.',
        responses: { 200: answer('The cards.', json('ModelList')), ...refusals(LIST_REFUSAL) },
        ...curl('{server}/v1/models'),
      },
    },
    '/v1/models/{id}': {
      get: {
        operationId: 'getModel',
        tags: TAGS,
        summary: 'One model',
        parameters,
        responses: {
          200: answer('Its card.', json('Model')),
          ...refusals([...LIST_REFUSAL, 'MODEL_UNKNOWN']),
        },
        ...curl('{server}/v1/models/diorama-s'),
      },
    },
    '/v1/models/{id}/file': {
      get: {
        operationId: 'getModelFile',
        tags: TAGS,
        summary: 'File of a model',
        description:
          'Whole or in parts; `HEAD` answers the headers alone. May be another one tomorrow, so that it is asked for again.',
        parameters,
        responses: FILE_ANSWERS,
        ...curl('-o diorama-s.onnx {server}/v1/models/diorama-s/file'),
      },
    },
    '/v1/models/{id}/{name}': {
      get: {
        operationId: 'getModelFileByHash',
        tags: TAGS,
        summary: 'File of a model, by its hash',
        description: 'The address that `file.url` of a card has. It never means other bytes.',
        parameters: [...parameters, parameterRef('ModelFileName')],
        responses: FILE_ANSWERS,
      },
    },
  };
}
