import { PROBLEMS } from '../problems.ts';
import type { WireSchema } from '../wire-schema.ts';
import { answer, binary } from './answers.ts';
import { rembgOptions, removeBgFields } from './compatible-fields.ts';
import { type CompatibleName, compatibleRef } from './compatible-schemas.ts';
import type { Answer, Answers, Content, Paths } from './document-types.ts';
import { headerRefs, LAYERS_HEADERS } from './headers.ts';
import { PHOTO_REFUSAL } from './refusals.ts';
import { curl } from './samples.ts';

const TAGS = ['Compatible'];
const RATE_HEADERS = ['X-Request-Id', 'Server-Timing', 'Retry-After'] as const;

/** Routes that answer as other services do; docs/compatible.md says what each parameter does. */
export function compatibleRoutes(): Paths {
  return {
    '/v1.0/removebg': {
      post: {
        operationId: 'removeBg',
        tags: TAGS,
        summary: 'Cut out a subject, as remove.bg does',
        description:
          'Exactly one of `image_file`, `image_url` and `image_file_b64`. Addresses are fetched only where the operator allows their hosts.',
        requestBody: {
          description: 'A form of either kind, or the same fields as JSON.',
          required: true,
          content: {
            'multipart/form-data': {
              schema: fields({ ...removeBgFields(), image_file: BYTES, bg_image_file: BYTES }),
              encoding: PICTURE_ENCODING,
            },
            'application/json': { schema: fields(removeBgFields()) },
            'application/x-www-form-urlencoded': { schema: fields(removeBgFields()) },
          },
        },
        responses: {
          200: answer(
            'The picture, an archive of `color.jpg` and `alpha.png`, or either in JSON, as `format` and `Accept` say.',
            {
              ...binary(['image/png', 'image/jpeg', 'image/webp', 'application/zip']),
              'application/json': { schema: compatibleRef('RemoveBgResult') },
            },
            [
              ...LAYERS_HEADERS,
              'X-Width',
              'X-Height',
              'X-Type',
              'X-Credits-Charged',
              'X-Foreground-Top',
              'X-Foreground-Left',
              'X-Foreground-Width',
              'X-Foreground-Height',
              'Content-Disposition',
            ],
          ),
          ...failures([400, 402, 403, 406, 421, 429, 499, 500, 502, 503, 504], 'RemoveBgErrors'),
        },
        ...curl('-F image_file=@photo.jpg -F size=auto -o no-bg.png {server}/v1.0/removebg'),
      },
    },
    '/v1.0/account': {
      get: {
        operationId: 'removeBgAccount',
        tags: TAGS,
        summary: 'What is left of a monthly budget, as remove.bg says it',
        responses: {
          200: answer('Credits; one for each photo.', {
            'application/json': { schema: compatibleRef('RemoveBgAccount') },
          }),
          ...failures([400, 403, 421, 429, 500], 'RemoveBgErrors'),
        },
        ...curl('{server}/v1.0/account'),
      },
    },
    '/api/remove': {
      post: {
        operationId: 'rembg',
        tags: TAGS,
        summary: 'Cut out a subject, as rembg does',
        parameters: rembgOptions(),
        requestBody: {
          description: 'The photo as the file field `file`; options in the form or in the query.',
          required: true,
          content: {
            'multipart/form-data': {
              schema: {
                ...fields({
                  file: BYTES,
                  ...Object.fromEntries(rembgOptions().map(({ name, schema }) => [name, schema])),
                }),
                required: ['file'],
              },
              encoding: { file: { contentType: 'image/*' } },
            },
          },
        },
        responses: rembgAnswers(),
        ...curl('-F file=@photo.jpg -o cutout.png {server}/api/remove'),
      },
      get: {
        operationId: 'rembgFromAddress',
        tags: TAGS,
        summary: 'Cut out a subject of a photo at an address, as rembg does',
        description: 'Only where the operator allows the host.',
        parameters: [
          {
            name: 'url',
            in: 'query',
            required: true,
            description: 'Address of the photo.',
            schema: { type: 'string', format: 'uri' },
          },
          ...rembgOptions(),
        ],
        responses: rembgAnswers(),
      },
    },
  };
}

const BYTES = { type: 'string', format: 'binary' } as const;
const PICTURE_ENCODING = {
  image_file: { contentType: 'image/*' },
  bg_image_file: { contentType: 'image/*' },
} as const;

function fields(properties: Readonly<Record<string, WireSchema>>): WireSchema {
  return { type: 'object', properties: { ...properties } };
}

function rembgAnswers(): Answers {
  return {
    200: answer('The picture, or its mask with `om`.', binary(['image/png']), LAYERS_HEADERS),
    ...failures(
      [400, 401, 402, 403, 404, 413, 415, 421, 422, 429, 499, 500, 502, 503, 504],
      'RembgError',
    ),
  };
}

function failures(statuses: readonly number[], schema: CompatibleName): Answers {
  const content: Content = { 'application/json': { schema: compatibleRef(schema) } };
  return Object.fromEntries(
    statuses.map((status): [string, Answer] => [
      String(status),
      { description: titleOf(status), headers: headerRefs(RATE_HEADERS), content },
    ]),
  );
}

/** What a status means here, in the words of the problems that have it. */
function titleOf(status: number): string {
  const titles = [...new Set(PHOTO_REFUSAL)].flatMap((code) =>
    PROBLEMS[code].status === status ? [PROBLEMS[code].title] : [],
  );
  return titles.length > 0 ? `${titles.join('. ')}.` : 'Refused.';
}
