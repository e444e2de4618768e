import { z } from 'zod';
import {
  LAYER_FORMATS,
  LAYER_NAMES,
  MAX_MARGIN_PX,
  MAX_SIZE_PX,
  PREVIEW_PIXELS,
  SPLITS,
} from './layer-terms.ts';
import { layersDocumentSchema } from './layers-document.ts';
import { wireSchemas } from './wire-schema.ts';

/** A size that layers must fit into; each bound is optional. A photo is shrunk to it, never enlarged. */
export interface SizeLimit {
  readonly widthPx?: number;
  readonly heightPx?: number;
  /** Width times height. */
  readonly pixels?: number;
}

/** A colour, 0..255 each; alpha 255 covers everything. */
export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

const sizeFault = `must be "full", "preview", the long side in pixels, or WIDTHxHEIGHT, from 1 to ${MAX_SIZE_PX}`;
const sizeSchema = z
  .string({ error: sizeFault })
  .regex(/^(full|preview|\d{1,5}|\d{1,5}x\d{1,5})$/, { error: sizeFault })
  .transform(readSize)
  .refine(isSize, { error: sizeFault })
  .register(wireSchemas, {
    anyOf: [
      { enum: ['full', 'preview'] },
      { type: 'integer', minimum: 1, maximum: MAX_SIZE_PX },
      {
        type: 'string',
        pattern: '^[1-9][0-9]{0,3}x[1-9][0-9]{0,3}$',
        examples: ['640x480'],
      },
    ],
  });

function readSize(text: string): SizeLimit {
  if (text === 'full') return {};
  if (text === 'preview') return { pixels: PREVIEW_PIXELS };
  const [widthPx = 0, heightPx = widthPx] = text.split('x').map(Number);
  return { widthPx, heightPx };
}

function isSize({ widthPx = 1, heightPx = 1 }: SizeLimit): boolean {
  return [widthPx, heightPx].every((px) => px >= 1 && px <= MAX_SIZE_PX);
}

function wholeSchema(low: number, high: number) {
  const error = `must be a whole number from ${low} to ${high}`;
  return z
    .string({ error })
    .regex(new RegExp(`^\\d{1,${String(high).length}}$`), { error })
    .transform(Number)
    .refine((value) => value >= low && value <= high, { error })
    .register(wireSchemas, { type: 'integer', minimum: low, maximum: high });
}

const formatSchema = z.enum(LAYER_FORMATS, { error: `must be one of ${LAYER_FORMATS.join(', ')}` });

const layerListFault = `must name some of ${LAYER_NAMES.join(', ')}, separated by commas`;
const layerListSchema = z
  .string({ error: layerListFault })
  .regex(/^ *[a-z]+ *(, *[a-z]+ *)*$/, { error: layerListFault })
  .transform((list) => [...new Set(list.split(',').map((name) => name.trim()))])
  .pipe(z.array(z.enum(LAYER_NAMES, { error: layerListFault })))
  .register(wireSchemas, {
    type: 'array',
    items: { type: 'string', enum: [...LAYER_NAMES] },
    minItems: 1,
  });

const shareFault = 'must be a number from 0 to 1';
const shareSchema = z
  .string({ error: shareFault })
  .regex(/^(0|1|0?\.\d{1,6}|1\.0{1,6})$/, { error: shareFault })
  .meta({ examples: ['0.43'] })
  .transform(Number);

const colourFault = 'must be a colour as rgb, rgba, rrggbb or rrggbbaa, in hexadecimal';
/** Hexadecimal, with or without `#` (which a query must write as %23). */
export const colourSchema = z
  .string({ error: colourFault })
  .regex(/^#?([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$/, { error: colourFault })
  .meta({ examples: ['ff8800'] })
  .transform(readColour);

function readColour(text: string): Colour {
  const digits = text.replace('#', '');
  const whole = digits.length < 6 ? digits.replace(/./g, '$&$&') : digits;
  const [red = 0, green = 0, blue = 0, alpha = 255] = (whole.match(/../g) ?? []).map((pair) =>
    Number.parseInt(pair, 16),
  );
  return { red, green, blue, alpha };
}

const marginFault = `must be pixels from 0 to ${MAX_MARGIN_PX}, such as 20, or a share of the subject from 0% to 100%`;
const marginSchema = z
  .string({ error: marginFault })
  .regex(/^(\d{1,4}|10000|(\d{1,2}|100)%)$/, { error: marginFault })
  .meta({ examples: ['20', '10%'] })
  .transform(
    (text): CropMargin =>
      text.endsWith('%') ? { share: Number(text.slice(0, -1)) / 100 } : { px: Number(text) },
  );

/** Room around the subject when layers are cropped to it: pixels of the answer, or a share of its longer side. */
export type CropMargin = { readonly px: number } | { readonly share: number };

/** The longest deadline that a caller may ask for; the server's own is shorter mostly, and always holds. */
export const MAX_DEADLINE_MS = 3_600_000;
/** The text of a deadline, in the query or in `X-Deadline-Ms`, as milliseconds. */
export const deadlineMsSchema = wholeSchema(1, MAX_DEADLINE_MS);

/** What every route with a photo can be told in its query. */
const photoQuerySchema = z.strictObject({
  model: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{0,99}$/, { error: 'must be the id of a model' })
    .optional()
    .describe('Id of a model that the server has open; `GET /v1/models` lists them.'),
  deadlineMs: deadlineMsSchema
    .optional()
    .describe(
      'Milliseconds from the arrival of the request to its answer, as the header `X-Deadline-Ms`; the smaller of both holds, and of the bound that the server has.',
    ),
});

/** Query of `POST /v1/depth`, `/v1/matte` and `/v1/plate`. */
export const layerQuerySchema = photoQuerySchema.extend({
  format: formatSchema
    .optional()
    .describe(
      'Format of each layer asked for. Without it PNG, and JPEG for the plate. A subject can be `jpeg` on an opaque background only.',
    ),
  size: sizeSchema
    .optional()
    .describe(
      `\`full\` (also without it), \`preview\` (${PREVIEW_PIXELS / 1e6} megapixels), the long side in pixels, or WIDTHxHEIGHT: the layers shrink until they fit, and are never enlarged.`,
    ),
  quality: wholeSchema(1, 100)
    .optional()
    .describe("For formats that lose something; the encoder's own without it."),
  split: z
    .enum(SPLITS, { error: `must be one of ${SPLITS.join(', ')}` })
    .optional()
    .describe(
      'What the matte is: the subject that the model finds (also without it), what is nearer than a depth, or `auto`: the subject where there is one, else by depth.',
    ),
  threshold: shareSchema
    .optional()
    .describe(
      'Depth at which to split, 0 far to 1 near; what the depths of the photo suggest if absent. Only with `split=depth` or `auto`.',
    ),
  crop: z
    .enum(['subject'], { error: 'must be subject, or not given' })
    .optional()
    .describe('All layers lose what is not around the subject.'),
  standIn: z
    .enum(['yes', 'no'], { error: 'must be yes or no' })
    .optional()
    .describe(
      "Whether a smaller model of the server's own machine may answer while the one that is meant is starting elsewhere; `X-Stand-In-For` and layers.json say where it did. As the server is set if absent.",
    ),
  margin: marginSchema
    .optional()
    .describe(
      'Room around the subject that a crop leaves: pixels of the answer, or a share of its longer side such as 10%. Only with `crop`.',
    ),
});
export type LayerQuery = z.infer<typeof layerQuerySchema>;

/** Query of `POST /v1/subject`: the same, and what to lay behind the subject instead of nothing. */
export const subjectQuerySchema = layerQuerySchema.extend({
  background: colourSchema
    .optional()
    .describe(
      'Colour behind the subject as rgb, rgba, rrggbb or rrggbbaa, with or without # (written %23); nothing without it. Only where the subject is asked for.',
    ),
});
export type SubjectQuery = z.infer<typeof subjectQuerySchema>;

/** Query of `POST /v1/layers` and `PUT /v1/jobs/{id}`: the same, and which layers; absent is all four. `format` holds for each of them. */
export const layersQuerySchema = subjectQuerySchema.extend({
  layers: layerListSchema.optional().describe('Which layers, with commas; all four without it.'),
});
export type LayersQuery = z.infer<typeof layersQuerySchema>;

/** Query of `POST /v1/predict`. */
export const predictQuerySchema = photoQuerySchema;
export type PredictQuery = z.infer<typeof predictQuerySchema>;

/** Query of `PUT /v1/jobs/{id}`: where to say that the job is done. */
export const jobQuerySchema = layersQuerySchema.extend({
  webhook: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .max(2048)
    .optional()
    .describe('Address to which the end of the job is told, if the server allows its host.'),
});
export type JobQuery = z.infer<typeof jobQuerySchema>;

/** How `POST /v1/layers` can answer, the default first. */
export const LAYERS_ANSWER_TYPES = [
  'application/zip',
  'multipart/mixed',
  'application/json',
] as const;
export type LayersAnswerType = (typeof LAYERS_ANSWER_TYPES)[number];

/** `POST /v1/layers` as JSON: layers.json, with each file's bytes as base64 in `data`. */
export const layersAnswerSchema = layersDocumentSchema.extend({
  files: z.record(
    z.string(),
    layersDocumentSchema.shape.files.valueType.extend({ data: z.string().min(1) }),
  ),
});
export type LayersAnswerDocument = z.infer<typeof layersAnswerSchema>;

/** Answer of `GET /readyz` once the model is warm. */
const readyModelSchema = z.object({
  id: z.string(),
  version: z.string(),
  sha256: z.string(),
  licence: z.string(),
});

/** A place where pictures are sent. Its name stands among the metrics alone, which not everybody may read. */
const readyPlaceSchema = z.object({
  kind: z.enum(['local', 'vertex', 'cloud-run', 'machine']),
  state: z
    .enum(['up', 'starting', 'out'])
    .describe('`out` is one that failed and gets no pictures for a while.'),
  inFlight: z.int().nonnegative(),
  asked: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  p95Ms: z.number().nonnegative().optional(),
});

export const readinessSchema = z.object({
  status: z.literal('ready'),
  provider: z.string(),
  /** What the provider runs on, in words. */
  device: z.string(),
  /** What sessions and photo workers are: processes of their own, or threads of the server. */
  isolation: z.enum(['process', 'thread']),
  /** Of all networks together, in this server. */
  sessions: z.int().nonnegative(),
  /** Photos that are worked on at once. */
  photoWorkers: z.int().positive(),
  /** What answers the matte, and the depth too unless `depthModel` does. */
  model: readyModelSchema,
  depthModel: readyModelSchema.optional(),
  predictors: z
    .array(readyPlaceSchema)
    .optional()
    .describe('How the places fare where pictures are sent; absent where none are.'),
});
export type Readiness = z.infer<typeof readinessSchema>;
