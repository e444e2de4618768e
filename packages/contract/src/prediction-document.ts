import { z } from 'zod';
import { answeringModelSchema, batchSizeSchema } from './layers-document.ts';

/** How `POST /v1/predict` can answer, the default first: pictures in JSON, or arrays as NumPy stores them (`.npz`). */
export const PREDICTION_ANSWER_TYPES = ['application/json', 'application/zip'] as const;
export type PredictionAnswerType = (typeof PREDICTION_ANSWER_TYPES)[number];

/** A body of `POST /v1/predict` that is at the model's size already: one `.npy` array, uint8, height x width x 3, sRGB. */
export const ARRAY_TYPE = 'application/x-npy';

const planeSchema = z.object({
  bitDepth: z.union([z.literal(8), z.literal(16)]),
  scale: z
    .number()
    .describe('Sample `v`, 0..1 (65535 or 255 in the file is 1), stands for `scale * v + shift`.'),
  shift: z.number(),
  data: z
    .string()
    .min(1)
    .optional()
    .describe('The plane as PNG, in base64; absent where it lies beside the document.'),
});

/**
 * What the network gives for a picture, at the model's own size. As `.npz`: this document as `prediction.json`, and the
 * samples of its planes as `depth.npy` (uint16) and `matte.npy` (uint8), height x width.
 */
export const predictionDocumentSchema = z.object({
  version: z.literal(1),
  size: z
    .object({ width: z.int().positive(), height: z.int().positive() })
    .describe('Of the planes.'),
  /** Inverse depth: larger is nearer; of one photo and no unit, or 1/metres. */
  depth: z
    .object({ kind: z.enum(['inverse-affine', 'metric']), unit: z.enum(['none', '1/metre']) })
    .optional(),
  subjectProbability: z
    .number()
    .optional()
    .describe(
      'How sure the model is that there is a subject at all, 0..1; absent when it does not say.',
    ),
  planes: z.partialRecord(z.enum(['depth', 'matte']), planeSchema).optional(),
  model: answeringModelSchema,
  timingsMs: z.object({ queue: z.number().nonnegative(), predict: z.number().nonnegative() }),
  batchSize: batchSizeSchema,
});
export type PredictionDocument = z.infer<typeof predictionDocumentSchema>;
