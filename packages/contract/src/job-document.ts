import { z } from 'zod';
import { layersDocumentSchema } from './layers-document.ts';
import { problemDocumentSchema } from './problem-document.ts';
import { progressSchema } from './progress.ts';

/** Ids are the caller's to choose, so that a request that broke off can be sent again without being done twice. */
export const JOB_ID_PATTERN = /^[A-Za-z0-9_-]{16,64}$/;

/** What becomes of a job; the last three are for ever. */
export const JOB_STATES = ['waiting', 'working', 'done', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** The bodies of webhooks say which of the last three it was. */
export const WEBHOOK_TYPES = ['job.done', 'job.failed', 'job.cancelled'] as const;

/** Answer of `PUT`, `GET` and `DELETE /v1/jobs/{id}`, and the data of each of its events. */
export const jobDocumentSchema = z.object({
  id: z.string().regex(JOB_ID_PATTERN),
  state: z.enum(JOB_STATES),
  progress: progressSchema,
  createdAt: z.iso.datetime(),
  keptUntil: z.iso
    .datetime()
    .optional()
    .describe(
      'When the job and its result will be forgotten; set once it is done, failed or cancelled.',
    ),
  /** layers.json of a job that is done. */
  layers: layersDocumentSchema.optional(),
  result: z
    .string()
    .optional()
    .describe(
      'Where the files of a job that is done are, as `POST /v1/layers` would have answered them.',
    ),
  /** Why a job failed. */
  problem: problemDocumentSchema.optional(),
});
export type JobDocument = z.infer<typeof jobDocumentSchema>;

/** What the address in `webhook` is sent when a job is over, in the shape that Standard Webhooks advises. */
export const webhookDocumentSchema = z.object({
  type: z.enum(WEBHOOK_TYPES),
  timestamp: z.iso.datetime(),
  data: jobDocumentSchema,
});
export type WebhookDocument = z.infer<typeof webhookDocumentSchema>;
