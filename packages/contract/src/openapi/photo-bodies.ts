import { ARRAY_TYPE } from '../prediction-document.ts';
import { SEALED_TYPE } from '../predictor/predict-body.ts';
import type { Content, MediaType, RequestBody } from './document-types.ts';

const BYTES = { type: 'string', format: 'binary' } as const;

const RAW: Content = {
  'image/*': { schema: BYTES },
  'application/octet-stream': { schema: BYTES },
};

const HOW =
  'The photo is the body itself, or the file field `image` of a form. What it really is, is told by its bytes: types and file names are not believed.';

type BodyName = 'Photo' | 'PhotoAndBackground' | 'PhotoOrArray';

/** Bodies of requests, by their names among the components. */
export const REQUEST_BODIES: Readonly<Record<BodyName, RequestBody>> = {
  Photo: {
    description: HOW,
    required: true,
    content: { ...RAW, 'multipart/form-data': form(['image']) },
  },
  PhotoAndBackground: {
    description: `${HOW} A second file, \`background\`, is a picture to lay behind the subject: scaled to cover it, and cut.`,
    required: true,
    content: { ...RAW, 'multipart/form-data': form(['image', 'background']) },
  },
  PhotoOrArray: {
    description: `${HOW} Or a picture at the size of the model, as one NumPy array (\`.npy\`): uint8, height x width x 3, sRGB. Or either of them sealed to a key of \`GET /v1/seal-keys\`.`,
    required: true,
    content: {
      ...RAW,
      'multipart/form-data': form(['image']),
      [ARRAY_TYPE]: { schema: BYTES },
      [SEALED_TYPE]: { schema: BYTES },
    },
  },
};

/** A pointer to one of them. */
export function bodyRef(name: BodyName): { readonly $ref: string } {
  return { $ref: `#/components/requestBodies/${name}` };
}

function form(files: readonly string[]): MediaType {
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(files.map((name) => [name, BYTES])),
      required: ['image'],
      additionalProperties: false,
    },
    encoding: Object.fromEntries(files.map((name) => [name, { contentType: 'image/*' }])),
  };
}
