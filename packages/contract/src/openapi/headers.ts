import type { Header, Ref } from './document-types.ts';

const number = { type: 'number' } as const;
const text = { type: 'string', minLength: 1 } as const;
const pixels = { type: 'integer', minimum: 0 } as const;
const seconds = { type: 'integer', minimum: 0 } as const;

/** Headers of answers, by their names. */
export const HEADERS = {
  'X-Request-Id': {
    description: 'Id of the request, as in the log and in `instance` of a problem.',
    schema: text,
  },
  'X-Model': {
    description:
      'The model that made it, `id@version`; the one of the depth after a comma where it is another.',
    required: true,
    schema: text,
    example: 'diorama-s@0.2.0',
  },
  'X-Model-Licence': {
    description: 'Licence (SPDX) of each model, in the same order.',
    required: true,
    schema: text,
    example: 'Apache-2.0',
  },
  'X-Stand-In-For': {
    description:
      'Ids of the models that were asked and had not started, so that others answered: those of `X-Model`. Only where the request, or the server, allows it.',
    schema: text,
    example: 'isnet-general',
  },
  'Server-Timing': {
    description:
      'Milliseconds: `total` from the arrival of the request, and where a photo was worked on `decode`, `queue`, `predict`, `refine`, `encode`.',
    schema: text,
    example: 'decode;dur=28.1, queue;dur=0.2, predict;dur=66.0, encode;dur=29.7, total;dur=131.4',
  },
  'X-Cost': {
    description: 'Receipt: what the photo kept busy, and what that costs where a price is set.',
    schema: text,
  },
  'X-Cost-Usd': {
    description: 'US dollars of the receipt, where a price is set.',
    schema: { type: 'number', minimum: 0 },
  },
  'X-Subject-Present': {
    description:
      'Whether the model found a subject. Without one the matte is empty and the plate is the photo.',
    schema: { type: 'boolean' },
  },
  'X-Subject-Confidence': {
    description: 'How sure the model is of a subject, 0 to 1.',
    schema: { type: 'number', minimum: 0, maximum: 1 },
  },
  'X-Split': {
    description: 'Present where the matte is what is nearer than a depth, and at which one.',
    schema: text,
    example: 'depth; threshold=0.43',
  },
  'X-Depth-Kind': {
    description: 'What the samples of the depth mean, as in `layers.json`.',
    schema: { type: 'string', enum: ['inverse-affine', 'metric'] },
  },
  'X-Depth-Unit': {
    description: 'Unit of the depth.',
    schema: { type: 'string', enum: ['none', 'metre'] },
  },
  'X-Depth-Near': { description: 'The near end of the depth.', schema: number },
  'X-Depth-Far': { description: 'The far end of the depth.', schema: number },
  'X-Depth-Scale': {
    description:
      'With `X-Depth-Shift`: `scale * v + shift` is what the model answered for a sample `v`, 0 to 1; for metric depth it is 1/metres.',
    schema: number,
  },
  'X-Depth-Shift': { description: 'See `X-Depth-Scale`.', schema: number },
  'Retry-After': {
    description: 'Seconds after which the same request may succeed.',
    schema: seconds,
    example: 2,
  },
  'WWW-Authenticate': { description: 'How to send the key.', required: true, schema: text },
  'Content-Disposition': { description: 'The name of the file.', schema: text },
  'Accept-Ranges': { description: 'Parts can be asked for, in bytes.', schema: { const: 'bytes' } },
  'Content-Range': { description: 'Which part it is, of how many bytes.', schema: text },
  'X-Width': { description: 'Of the picture, in pixels.', schema: pixels },
  'X-Height': { description: 'Of the picture, in pixels.', schema: pixels },
  'X-Type': { description: 'Kind of subject; not told apart here.', schema: { const: 'other' } },
  'X-Credits-Charged': {
    description: 'What the photo took off a monthly budget; 0 without one.',
    schema: { type: 'integer', minimum: 0 },
  },
  'X-Foreground-Top': { description: 'Where the subject lies, in pixels.', schema: pixels },
  'X-Foreground-Left': { description: 'Where the subject lies, in pixels.', schema: pixels },
  'X-Foreground-Width': { description: 'How wide the subject is, in pixels.', schema: pixels },
  'X-Foreground-Height': { description: 'How high the subject is, in pixels.', schema: pixels },
  ETag: { description: 'Tag of exactly these bytes.', schema: text },
  Location: { description: 'Address of the job.', schema: text },
} as const satisfies Record<string, Header>;
export type HeaderName = keyof typeof HEADERS;

/** What every answer with layers says of them. */
export const LAYERS_HEADERS = [
  'X-Model',
  'X-Model-Licence',
  'X-Stand-In-For',
  'X-Cost',
  'X-Cost-Usd',
  'X-Subject-Present',
  'X-Subject-Confidence',
  'X-Split',
] as const;

/** What answers with a depth say besides. */
export const DEPTH_HEADERS = [
  'X-Depth-Kind',
  'X-Depth-Unit',
  'X-Depth-Near',
  'X-Depth-Far',
  'X-Depth-Scale',
  'X-Depth-Shift',
] as const;

/** Pointers to headers among the components. */
export function headerRefs(names: readonly HeaderName[]): Readonly<Record<string, Ref>> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
