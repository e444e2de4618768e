import { jobQuerySchema } from '../layers-request.ts';
import type { WireSchema } from '../wire-schema.ts';
import { answer, json } from './answers.ts';
import type { Paths } from './document-types.ts';
import { documentRef } from './json-schemas.ts';
import { parameterRef, queryParameters } from './parameters.ts';
import { bodyRef } from './photo-bodies.ts';
import { LAYERS_ANSWER } from './photo-routes.ts';
import { KEYED_REFUSAL, PHOTO_REFUSAL, refusals } from './refusals.ts';
import { curl } from './samples.ts';

const TAGS = ['Jobs'];
const JOB = '{server}/v1/jobs/my-first-job-0001';
const ONE_JOB_REFUSAL = [...KEYED_REFUSAL, 'ORIGIN_REFUSED', 'JOB_UNKNOWN'] as const;

/** One event of the stream. */
const EVENT: WireSchema = {
  type: 'object',
  properties: {
    event: { type: 'string', enum: ['progress', 'done', 'failed', 'cancelled'] },
    id: { type: 'string' },
    data: {
      type: 'string',
      contentMediaType: 'application/json',
      contentSchema: documentRef('Job'),
    },
  },
  required: ['event', 'id', 'data'],
};

/** `/v1/jobs/{id}` and what is under it. */
export function jobRoutes(): Paths {
  const parameters = [parameterRef('JobId')];
  return {
    '/v1/jobs/{id}': {
      put: {
        operationId: 'startJob',
        tags: TAGS,
        summary: 'Start a job',
        description:
          'Takes a photo in and answers at once. The id is the choice of the caller, so that a request that broke off can be sent again: the same photo with the same options is not done twice.',
        parameters: [...parameters, ...queryParameters(jobQuerySchema)],
        requestBody: bodyRef('PhotoAndBackground'),
        responses: {
          200: answer('The job as it is: it was started before.', json('Job')),
          201: answer('The job that was started.', json('Job'), ['Location']),
          ...refusals([...PHOTO_REFUSAL, 'JOB_CONFLICT', 'ADDRESS_REFUSED']),
        },
        ...curl(`-T photo.jpg -H 'Content-Type: image/jpeg' ${JOB}`),
      },
      get: {
        operationId: 'getJob',
        tags: TAGS,
        summary: 'How far a job is',
        parameters,
        responses: { 200: answer('The job.', json('Job')), ...refusals(ONE_JOB_REFUSAL) },
        ...curl(JOB),
      },
      delete: {
        operationId: 'cancelJob',
        tags: TAGS,
        summary: 'Cancel or forget a job',
        description:
          'Ends the work on it at the next step. A job that is over is forgotten at once, and its result with it.',
        parameters,
        responses: {
          200: answer('The job as it was left.', json('Job')),
          ...refusals(ONE_JOB_REFUSAL),
        },
        ...curl(`-X DELETE ${JOB}`),
      },
    },
    '/v1/jobs/{id}/events': {
      get: {
        operationId: 'jobEvents',
        tags: TAGS,
        summary: 'Progress of a job, as it happens',
        description:
          'Server-sent events: `progress`, and `done`, `failed` or `cancelled` as the last, each with the job as data. The present state comes first; `Last-Event-ID` brings what was missed.',
        parameters,
        responses: {
          200: answer('Events until the job is over.', {
            'text/event-stream': { schema: EVENT },
          }),
          204: answer('The job is over, and `Last-Event-ID` names its last event.', undefined),
          ...refusals([...ONE_JOB_REFUSAL, 'QUEUE_FULL', 'NOT_READY', 'ANSWER_TYPE_UNSUPPORTED']),
        },
        ...curl(`-N ${JOB}/events`),
      },
    },
    '/v1/jobs/{id}/result': {
      get: {
        operationId: 'jobResult',
        tags: TAGS,
        summary: 'Result of a job',
        description:
          'As `POST /v1/layers` would have answered. A job that failed answers with its problem.',
        parameters,
        responses: {
          200: LAYERS_ANSWER,
          ...refusals([
            ...PHOTO_REFUSAL,
            'JOB_UNKNOWN',
            'JOB_UNFINISHED',
            'ANSWER_TYPE_UNSUPPORTED',
          ]),
        },
        ...curl(`--retry 20 --retry-all-errors --retry-delay 1 -o layers.zip ${JOB}/result`),
      },
    },
  };
}
