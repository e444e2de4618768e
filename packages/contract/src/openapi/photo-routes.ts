import type { z } from 'zod';
import { LAYER_FORMATS, type LayerName } from '../layer-terms.ts';
import { layerQuerySchema, layersQuerySchema, subjectQuerySchema } from '../layers-request.ts';
import { answer, binary, json } from './answers.ts';
import type { Answer, Paths } from './document-types.ts';
import { DEPTH_HEADERS, LAYERS_HEADERS } from './headers.ts';
import { parameterRef, queryParameters } from './parameters.ts';
import { bodyRef } from './photo-bodies.ts';
import { PHOTO_REFUSAL, refusals } from './refusals.ts';
import { curl, SAMPLE_PHOTO } from './samples.ts';

const TAG = 'Photos';

/** Layers in one answer, as a caller chooses by `Accept`. */
export const LAYERS_ANSWER: Answer = answer(
  'The layers, in the form that `Accept` names: an archive that stores its files as they are (also without it), one part for each file, or `layers.json` with base64.',
  { ...binary(['application/zip', 'multipart/mixed']), ...json('LayersWithFiles') },
  [...LAYERS_HEADERS, ...DEPTH_HEADERS, 'Content-Disposition'],
);

interface OneLayer {
  readonly summary: string;
  readonly description: string;
  readonly query: z.ZodObject;
  readonly sample: string;
}

const ONE_LAYER: Readonly<Record<LayerName, OneLayer>> = {
  depth: {
    summary: 'Depth of a photo',
    description: 'Near is white. PNG has 16 bits; the headers say what a sample means.',
    query: layerQuerySchema,
    sample: `${SAMPLE_PHOTO} -o depth.png {server}/v1/depth`,
  },
  matte: {
    summary: 'Matte of a photo',
    description: 'White is subject, grey is mixed.',
    query: layerQuerySchema,
    sample: `${SAMPLE_PHOTO} -o matte.png '{server}/v1/matte?size=1024'`,
  },
  subject: {
    summary: 'Subject of a photo, cut out',
    description:
      'In its own colours, with straight alpha, or on the colour or picture that `background` is.',
    query: subjectQuerySchema,
    sample: `${SAMPLE_PHOTO} -o subject.webp '{server}/v1/subject?format=webp&crop=subject'`,
  },
  plate: {
    summary: 'Background of a photo',
    description: 'Filled in behind the subject.',
    query: layerQuerySchema,
    sample: `${SAMPLE_PHOTO} -o plate.jpg '{server}/v1/plate?quality=90'`,
  },
};

/** `POST /v1/layers` and its siblings. */
export function photoRoutes(): Paths {
  const oneLayer = Object.entries(ONE_LAYER).map(
    ([layer, { summary, description, query, sample }]) => [
      `/v1/${layer}`,
      {
        post: {
          operationId: layer,
          tags: [TAG],
          summary,
          description,
          parameters: [parameterRef('Deadline'), ...queryParameters(query)],
          requestBody: bodyRef(layer === 'subject' ? 'PhotoAndBackground' : 'Photo'),
          responses: {
            200: answer(
              'The picture, of the type that `format` names.',
              binary(LAYER_FORMATS.map((format) => `image/${format}`)),
              [
                ...LAYERS_HEADERS,
                ...(layer === 'depth' ? DEPTH_HEADERS : []),
                'Content-Disposition',
              ],
            ),
            ...refusals(PHOTO_REFUSAL),
          },
          ...curl(sample),
        },
      },
    ],
  );
  return {
    '/v1/layers': {
      post: {
        operationId: 'layers',
        tags: [TAG],
        summary: 'All layers of a photo',
        description:
          'Depth, matte, subject and plate on one pixel grid, and `layers.json` that says what they are.',
        parameters: [parameterRef('Deadline'), ...queryParameters(layersQuerySchema)],
        requestBody: bodyRef('PhotoAndBackground'),
        responses: {
          200: LAYERS_ANSWER,
          ...refusals([...PHOTO_REFUSAL, 'ANSWER_TYPE_UNSUPPORTED']),
        },
        ...curl(`${SAMPLE_PHOTO} -o layers.zip {server}/v1/layers`),
      },
    },
    ...Object.fromEntries(oneLayer),
  };
}
