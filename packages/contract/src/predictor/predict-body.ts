import { z } from 'zod';
import { modelCardSchema } from '../model-card.ts';
import { predictionDocumentSchema } from '../prediction-document.ts';
import { problemDocumentSchema } from '../problem-document.ts';
import { predictParametersSchema } from './parameters.ts';

/** Bytes in JSON, as Vertex AI wraps them. */
const base64Schema = z.object({ b64: z.string().min(1).describe('Base64, RFC 4648, section 4.') });

/** What Vertex AI says of both bodies, bytes of JSON: the smaller reading of its 1.5 MB. */
export const SHARED_ENDPOINT_BYTES = 1_500_000;
/** The same of dedicated endpoints, 10 MB. */
export const DEDICATED_ENDPOINT_BYTES = 10_000_000;

/** A picture in its sealed form, as bytes: what `@diorama/sealed` makes. */
export const SEALED_TYPE = 'application/vnd.diorama.sealed';

/** A picture file. */
export const imageInstanceSchema = z.object({ image: base64Schema });
/** The same as batch prediction writes a file of a list. */
export const fileInstanceSchema = base64Schema;
/** A picture that only the predictor can read; its answer comes sealed too. */
export const sealedInstanceSchema = z.object({ sealed: base64Schema });
/** Asks what answers here, instead of an answer. */
export const describeInstanceSchema = z.object({ describe: z.literal(true) });

/**
 * One thing that a predictor is asked. Other names beside these are left alone: batch prediction may add its own, and
 * `key` among them names a photo in the output.
 */
export const instanceSchema = z.union([
  imageInstanceSchema,
  sealedInstanceSchema,
  describeInstanceSchema,
  fileInstanceSchema,
]);
export type Instance = z.infer<typeof instanceSchema>;

/** Body of a predict request as JSON. Instances are checked one by one, so that a bad one spoils no other. */
export const predictBodySchema = z.object({
  instances: z.array(z.unknown()).min(1).max(1024),
  parameters: predictParametersSchema.nullish(),
});
export type PredictBody = z.infer<typeof predictBodySchema>;

/** A public key that pictures can be sealed to: P-256, for HPKE (RFC 9180). */
export const sealPublicKeySchema = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  /** The uncompressed point, 65 bytes, in base64url. */
  publicKey: z.string().regex(/^[\w-]{87}$/),
  /** From when on it should be used, and until when it can be. */
  notBefore: z.iso.datetime().optional(),
  notAfter: z.iso.datetime().optional(),
});
export type SealPublicKey = z.infer<typeof sealPublicKeySchema>;

/** What answers here, on what, and within which bounds. */
export const predictorDescriptionSchema = z.object({
  version: z.literal(1),
  card: modelCardSchema,
  provider: z.string(),
  /** Pictures that the network runs together at most; 1 where it takes each alone. */
  largestBatch: z.int().positive(),
  /** Bytes of the largest request body, as JSON or as a picture. */
  maxBodyBytes: z.int().positive(),
  seal: z.object({
    isRequired: z.boolean(),
    /** The preferred one first; none where nothing can be sealed. */
    keys: z.array(sealPublicKeySchema),
  }),
});
export type PredictorDescription = z.infer<typeof predictorDescriptionSchema>;

/** What stands in for an answer that could not be given. */
export const predictionErrorSchema = z.object({ error: problemDocumentSchema });

/** The answer to one instance, in the place of its instance. */
export const predictionSchema = z.union([
  predictionErrorSchema,
  z.object({ description: predictorDescriptionSchema }),
  z.object({ sealed: base64Schema }),
  predictionDocumentSchema,
]);
export type InstancePrediction = z.infer<typeof predictionSchema>;

/** Body of the answer. The platform adds names of its own, such as `deployedModelId`. */
export const predictAnswerSchema = z.object({ predictions: z.array(z.unknown()) });
