import { z } from 'zod';
import { sealPublicKeySchema } from './predict-body.ts';

/** Keys that are valid side by side, at most: what is asked for them stays small. */
export const MAX_SEAL_KEYS = 32;

const publicKeySchema = sealPublicKeySchema.strict();

/** A list of public keys, as callers keep it in a file. */
export const sealPublicKeysSchema = z.array(publicKeySchema).min(1).max(MAX_SEAL_KEYS);

/** A public key with its private half, 32 bytes in base64url. It stands in the file of a predictor, and in no answer. */
export const sealKeyPairSchema = publicKeySchema.extend({
  privateKey: z.string().regex(/^[\w-]{43}$/),
});
export type SealKeyPair = Readonly<z.infer<typeof sealKeyPairSchema>>;

/** The keys of a predictor, as its file has them. */
export const sealKeyPairsSchema = z.array(sealKeyPairSchema).max(MAX_SEAL_KEYS);

/** Answer of `GET /v1/seal-keys`: what pictures for this service can be sealed to. */
export const sealKeysAnswerSchema = z.object({
  isRequired: z.boolean().describe('Whether pictures that are not sealed are refused.'),
  keys: z
    .array(sealPublicKeySchema)
    .describe('The one to seal to first; none where nothing can be sealed.'),
});
export type SealKeysAnswer = z.infer<typeof sealKeysAnswerSchema>;
