import { answer, json } from './answers.ts';
import type { Operation, Paths } from './document-types.ts';
import { ANY_REFUSAL, KEYED_REFUSAL, refusals } from './refusals.ts';
import { curl } from './samples.ts';

const TAGS = ['Service'];
const NO_KEY = { security: [] } as const;

/** Health, figures and documents. */
export function serviceRoutes(): Paths {
  return {
    '/healthz': {
      get: {
        operationId: 'health',
        tags: TAGS,
        summary: 'Whether the process lives',
        ...NO_KEY,
        responses: {
          200: answer('It does, also while a model runs.', {
            'application/json': {
              schema: {
                type: 'object',
                properties: { status: { const: 'ok' } },
                required: ['status'],
                additionalProperties: false,
              },
            },
          }),
          ...refusals(['REQUEST_INVALID', 'INTERNAL']),
        },
        ...curl('{server}/healthz'),
      },
    },
    '/readyz': {
      get: {
        operationId: 'ready',
        tags: TAGS,
        summary: 'Whether the model is warm',
        ...NO_KEY,
        responses: {
          200: answer('It is, and which one on what.', json('Readiness')),
          ...refusals(['REQUEST_INVALID', 'INTERNAL', 'NOT_READY', 'PROVIDER_UNAVAILABLE']),
        },
        ...curl('{server}/readyz'),
      },
    },
    '/metrics': {
      get: {
        operationId: 'metrics',
        tags: TAGS,
        summary: 'Figures for Prometheus',
        description: 'Not there where the operator switched them off.',
        responses: {
          200: answer('The figures, in the text format.', {
            'text/plain': { schema: { type: 'string' } },
          }),
          ...refusals([...KEYED_REFUSAL, 'ORIGIN_REFUSED', 'ROUTE_UNKNOWN']),
        },
        ...curl('{server}/metrics'),
      },
    },
    '/openapi.json': {
      get: {
        operationId: 'openapi',
        tags: TAGS,
        summary: 'This document',
        ...NO_KEY,
        responses: {
          200: answer('OpenAPI 3.1.', { 'application/json': { schema: { type: 'object' } } }, [
            'ETag',
          ]),
          304: answer('`If-None-Match` named this very document.', undefined, ['ETag']),
          ...refusals(ANY_REFUSAL),
        },
        ...curl('-o openapi.json {server}/openapi.json'),
      },
    },
    '/docs': { get: page('docs', 'This document as a page') },
    '/docs/errors': { get: page('errors', 'Every code of a refusal, as a page') },
  };
}

function page(operationId: string, summary: string): Operation {
  return {
    operationId,
    tags: TAGS,
    summary,
    ...NO_KEY,
    responses: {
      200: answer('A page.', { 'text/html': { schema: { type: 'string' } } }),
      ...refusals(ANY_REFUSAL),
    },
  };
}
