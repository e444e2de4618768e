import { type Readiness, readinessSchema } from '../layers-request.ts';
import { modelListSchema, type ServedModel, servedModelSchema } from '../model-list.ts';
import { beginCall } from './call.ts';
import type { CallOptions, ClientOptions } from './client-options.ts';
import { type JobCalls, jobCalls } from './job-calls.ts';
import { type PhotoCalls, photoCalls } from './photo-calls.ts';
import { readDocument } from './read-body.ts';
import { createSender } from './sender.ts';

const DEFAULT_DEADLINE_MS = 120_000;
const DEFAULT_MAX_ANSWER_BYTES = 2 ** 30;

/** A Diorama server, as calls. Every refusal is a DioramaError with the code of the problem. */
export interface DioramaClient extends PhotoCalls {
  readonly jobs: JobCalls;
  /** The models that answer photos there, then the embedded one. */
  models(call?: CallOptions): Promise<readonly ServedModel[]>;
  /** @throws DioramaError `MODEL_UNKNOWN` */
  model(id: string, call?: CallOptions): Promise<ServedModel>;
  /** Waits until the server is ready, within the deadline. @throws DioramaError `NOT_READY` */
  ready(call?: CallOptions): Promise<Readiness>;
}

/**
 * A client of the Diorama server at `baseUrl`, for Node and for pages. It keeps nothing, and sends nothing on its own.
 * @throws DioramaError `REQUEST_INVALID` for an address that is none
 */
export function createDioramaClient(options: ClientOptions): DioramaClient {
  const { deadlineMs = DEFAULT_DEADLINE_MS, maxAnswerBytes = DEFAULT_MAX_ANSWER_BYTES } = options;
  const send = createSender(options);
  const parts = { send, deadlineMs, maxAnswerBytes };
  return {
    ...photoCalls(parts),
    jobs: jobCalls(parts),
    models: async (call = {}) => {
      const { models } = await send(
        { method: 'GET', path: '/v1/models' },
        {
          call: beginCall(call, deadlineMs),
          read: (response) => readDocument(response, modelListSchema, maxAnswerBytes),
        },
      );
      return models;
    },
    model: async (id, call = {}) =>
      send(
        { method: 'GET', path: `/v1/models/${encodeURIComponent(id)}` },
        {
          call: beginCall(call, deadlineMs),
          read: (response) => readDocument(response, servedModelSchema, maxAnswerBytes),
        },
      ),
    ready: async (call = {}) =>
      send(
        { method: 'GET', path: '/readyz' },
        {
          call: beginCall(call, deadlineMs),
          maxAttempts: Number.POSITIVE_INFINITY,
          read: (response) => readDocument(response, readinessSchema, maxAnswerBytes),
        },
      ),
  };
}
