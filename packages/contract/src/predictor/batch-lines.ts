import { z } from 'zod';

/** The field of a line that names its photo: what `instanceConfig.keyField` of a batch prediction job has to say. */
export const BATCH_KEY_FIELD = 'key';

/** Names a photo without telling its name: a hash of its bytes. */
export const batchKeySchema = z.string().regex(/^[0-9a-f]{32}$/);

/** One line of what a batch prediction job reads. The job takes the key away before the predictor is asked. */
export const batchRequestLineSchema = z.object({
  key: batchKeySchema,
  image: z.object({ b64: z.string().min(1).describe('A picture that has the model’s size.') }),
});
export type BatchRequestLine = z.infer<typeof batchRequestLineSchema>;

/**
 * One line of what the job writes: `key` and `prediction`, or `key` and `error`. Where it was not told of the key field,
 * `instance` is the whole line that it read, with the photo in it; beside an error that may stand there as it was, too.
 */
export const batchAnswerLineSchema = z.object({
  key: z.string().optional(),
  instance: z.object({ key: z.string().optional() }).optional(),
  image: z.unknown().optional(),
  prediction: z.unknown().optional(),
  error: z.object({ code: z.int().optional(), message: z.string().optional() }).optional(),
});
export type BatchAnswerLine = z.infer<typeof batchAnswerLineSchema>;
