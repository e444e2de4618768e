import { z } from 'zod';
import { LAYER_FORMATS, LAYER_NAMES, layersDocumentSchema } from './layers-document.ts';

/** The longest side that a caller may ask for, in pixels. A photo is never enlarged to it. */
const MAX_SIZE_PX = 65_535;

const sizeFault = `must be "full" or the long side in pixels, from 1 to ${MAX_SIZE_PX}`;
const sizeSchema = z
  .string({ error: sizeFault })
  .regex(/^(full|\d{1,5})$/, { error: sizeFault })
  .transform((value) => (value === 'full' ? undefined : Number(value)))
  .refine((px) => px === undefined || (px >= 1 && px <= MAX_SIZE_PX), { error: sizeFault });

const qualityFault = 'must be a whole number from 1 to 100';
const qualitySchema = z
  .string({ error: qualityFault })
  .regex(/^\d{1,3}$/, { error: qualityFault })
  .transform(Number)
  .refine((quality) => quality >= 1 && quality <= 100, { error: qualityFault });

const formatSchema = z.enum(LAYER_FORMATS, { error: `must be one of ${LAYER_FORMATS.join(', ')}` });

const layerListFault = `must name some of ${LAYER_NAMES.join(', ')}, separated by commas`;
const layerListSchema = z
  .string({ error: layerListFault })
  .transform((list) => [...new Set(list.split(',').map((name) => name.trim()))])
  .pipe(z.array(z.enum(LAYER_NAMES, { error: layerListFault })));

/** Query of `POST /v1/depth`, `/v1/matte`, `/v1/subject` and `/v1/plate`; `size` in pixels, absent is the photo's own. */
export const layerQuerySchema = z.strictObject({
  format: formatSchema.optional(),
  size: sizeSchema.optional(),
  quality: qualitySchema.optional(),
});
export type LayerQuery = z.infer<typeof layerQuerySchema>;

/** Query of `POST /v1/layers`: the same, and which layers; absent is all four. `format` holds for each of them. */
export const layersQuerySchema = layerQuerySchema.extend({ layers: layerListSchema.optional() });
export type LayersQuery = z.infer<typeof layersQuerySchema>;

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

export const readinessSchema = z.object({
  status: z.literal('ready'),
  provider: z.string(),
  /** What the provider runs on, in words. */
  device: z.string(),
  /** What answers the matte, and the depth too unless `depthModel` does. */
  model: readyModelSchema,
  depthModel: readyModelSchema.optional(),
});
export type Readiness = z.infer<typeof readinessSchema>;
