import { z } from 'zod';
import { modelCardSchema } from './model-card.ts';

/** Where a server hands out a model's file: an address under the server's own, with the hash in it. */
const servedFileSchema = z.object({
  url: z.string().regex(/^\/v1\/models\/[a-z0-9][a-z0-9.-]*\/[0-9a-f]{64}\.onnx$/),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Answer of `GET /v1/models/{id}`: a card, and its file where the server has it and may pass it on. */
export const servedModelSchema = modelCardSchema.safeExtend({ file: servedFileSchema.optional() });

/** Answer of `GET /v1/models`: the models that answer photos, and the embedded one. */
export const modelListSchema = z.object({ models: z.array(servedModelSchema) });

export type ServedModel = z.infer<typeof servedModelSchema>;
export type ModelList = z.infer<typeof modelListSchema>;
