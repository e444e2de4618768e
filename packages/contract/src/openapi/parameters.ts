import type { z } from 'zod';
import { JOB_ID_PATTERN } from '../job-document.ts';
import { MAX_DEADLINE_MS } from '../layers-request.ts';
import type { Parameter, Ref } from './document-types.ts';
import { optionSchemas } from './json-schemas.ts';

/** Parameters that several operations share, by their names among the components. */
export const PARAMETERS = {
  Deadline: {
    name: 'X-Deadline-Ms',
    in: 'header',
    description:
      'Milliseconds from the arrival of the request, its upload included, to its answer. The bound of the server holds where it is smaller.',
    schema: { type: 'integer', minimum: 1, maximum: MAX_DEADLINE_MS },
    example: 20_000,
  },
  JobId: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'Id of the job, chosen by the caller: 16 to 64 letters, digits, `-` and `_`.',
    schema: { type: 'string', pattern: JOB_ID_PATTERN.source },
    example: 'my-first-job-0001',
  },
  ModelId: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'Id of a model, as `GET /v1/models` lists it.',
    schema: { type: 'string', minLength: 1 },
    example: 'diorama-s',
  },
  ModelFileName: {
    name: 'name',
    in: 'path',
    required: true,
    description: 'SHA-256 of the file in hexadecimal, and `.onnx`.',
    schema: { type: 'string', pattern: '^[0-9a-f]{64}[.]onnx$' },
  },
} as const satisfies Record<string, Parameter>;

/** A pointer to one of them. */
export function parameterRef(name: keyof typeof PARAMETERS): Ref {
  return { $ref: `#/components/parameters/${name}` };
}

/** The options of a query schema as parameters, each optional; lists are written with commas. */
export function queryParameters(query: z.ZodObject): Parameter[] {
  return Object.entries(optionSchemas(query)).map(
    ([name, { description = '', ...schema }]): Parameter => ({
      name,
      in: 'query',
      description,
      schema,
      ...(schema.type === 'array' ? { style: 'form', explode: false } : {}),
    }),
  );
}
