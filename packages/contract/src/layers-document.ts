import { z } from 'zod';
import { STEP_NAMES } from './layer-terms.ts';

const unit = z.number().min(0).max(1);

/** The model that gave an answer, and what it ran on. */
export const answeringModelSchema = z.object({
  id: z.string(),
  version: z.string(),
  sha256: z.string(),
  licence: z.string(),
  provider: z.string(),
});

/** What a depth's samples mean. */
export const depthMeaningSchema = z.object({
  kind: z.enum(['inverse-affine', 'metric']),
  unit: z.enum(['none', 'metre']),
  near: z.number().describe('The near end: of the answer of the model, or in metres.'),
  far: z.number().describe('The far end, likewise.'),
  scale: z
    .number()
    .describe(
      'For a sample `v`, 0 to 1, `scale * v + shift` is what the model answered; for metric depth it is 1/metres.',
    ),
  shift: z.number(),
});

/** How much company a picture had. */
export const batchSizeSchema = z
  .int()
  .positive()
  .optional()
  .describe(
    'Pictures that the network ran together, this one included; absent where it ran alone.',
  );

/**
 * layers.json: what the files beside it are and how to read them.
 *
 * Depth samples `v` run over 0..1 (65535 in a 16-bit file is 1). For `inverse-affine`, 1 is near and 0 is far
 * within this photo, and `scale * v + shift` is what the model answered. For `metric`, `1 / (scale * v + shift)`
 * is the distance in metres, and `near` and `far` are the ends of it.
 */
export const layersDocumentSchema = z.object({
  version: z.literal(1),
  size: z.object({ width: z.int().positive(), height: z.int().positive() }),
  /** Where the layers lay, in a photo that was cropped to its subject: pixels of the whole photo at their scale. */
  crop: z
    .object({
      left: z.int().nonnegative(),
      top: z.int().nonnegative(),
      of: z.object({ width: z.int().positive(), height: z.int().positive() }),
    })
    .optional(),
  depth: depthMeaningSchema.optional(),
  matte: z
    .object({
      subjectPresent: z.boolean(),
      confidence: unit,
      /** Of a cut-out: where the subject lay, in pixels of the whole photo at the layers' scale. */
      box: z
        .object({
          left: z.int().nonnegative(),
          top: z.int().nonnegative(),
          width: z.int().positive(),
          height: z.int().positive(),
        })
        .optional(),
    })
    .optional(),
  split: z
    .object({ by: z.literal('depth'), threshold: unit })
    .optional()
    .describe('Set where the matte is what is nearer than a depth: at which one, 0 far to 1 near.'),
  background: z
    .enum(['colour', 'picture'])
    .optional()
    .describe("What the subject's picture has behind it; nothing if absent."),
  files: z.record(
    z.string(),
    z.object({
      path: z.string(),
      mediaType: z.string(),
      bytes: z.int().positive(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      bitDepth: z.union([z.literal(8), z.literal(16), z.literal(32)]),
      channels: z.int().min(1).max(4),
    }),
  ),
  /** What answered the matte, and the depth too unless `depthModel` did. */
  model: answeringModelSchema,
  depthModel: answeringModelSchema.optional(),
  standInFor: z
    .array(z.string())
    .min(1)
    .optional()
    .describe(
      'Ids of models that were asked and had not started: what answered in their place is `model` and `depthModel`.',
    ),
  focalLength35mm: z
    .number()
    .positive()
    .optional()
    .describe("As a 35 mm camera would have it, when the photo's metadata said so."),
  timingsMs: z.partialRecord(z.enum(STEP_NAMES), z.number().nonnegative()),
  batchSize: batchSizeSchema,
  /**
   * SHA-256 over the photo's bytes, the options and the model, by which an unfinished folder of photos is resumed.
   * It tells whether two requests were the same and nothing else about the photo.
   */
  requestKey: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

export type LayersDocument = z.infer<typeof layersDocumentSchema>;
