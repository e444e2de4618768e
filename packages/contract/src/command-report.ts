import { z } from 'zod';
import { layersDocumentSchema } from './layers-document.ts';
import { problemDocumentSchema } from './problem-document.ts';

const photoSchema = z.object({
  event: z.literal('photo'),
  /** The photo's path as the command found it. */
  photo: z.string(),
  /** What was written: a folder of layers, or one picture. Absent when nothing was. */
  output: z.string().optional(),
  outcome: z.enum(['done', 'skipped', 'failed']),
  elapsedMs: z.number().nonnegative(),
  /** What layers.json says. */
  document: layersDocumentSchema.optional(),
  /** Why it failed. */
  problem: problemDocumentSchema.optional(),
});

const problemSchema = z.object({
  event: z.literal('problem'),
  /** The argument that it is about, when it is about one. */
  input: z.string().optional(),
  problem: problemDocumentSchema,
});

const summarySchema = z.object({
  event: z.literal('summary'),
  /** Photos found. */
  photos: z.int().nonnegative(),
  done: z.int().nonnegative(),
  /** Finished by an earlier run and left as they are. */
  skipped: z.int().nonnegative(),
  /** Photos and arguments that failed. */
  failed: z.int().nonnegative(),
  /** Photos that the run did not come to, since it was stopped. */
  untried: z.int().nonnegative(),
  /** Files in folders that are no photos. */
  notPhotos: z.int().nonnegative(),
  elapsedMs: z.number().nonnegative(),
  exitCode: z.int().nonnegative(),
});

/** One line of what `diorama layers|depth|matte|subject|plate --json` prints; each line is one JSON document. */
export const commandReportSchema = z.discriminatedUnion('event', [
  photoSchema,
  problemSchema,
  summarySchema,
]);

export type CommandReport = z.infer<typeof commandReportSchema>;
