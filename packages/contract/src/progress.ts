import { z } from 'zod';

/** Where a photo can be on its way, in this order; `send` is when its answer is complete. */
export const PROGRESS_STEPS = ['queue', 'decode', 'predict', 'refine', 'encode', 'send'] as const;
export type ProgressStep = (typeof PROGRESS_STEPS)[number];

/** How far a photo has come: what is being done, and how much of its way lies behind it. */
export const progressSchema = z.object({
  step: z.enum(PROGRESS_STEPS),
  position: z
    .int()
    .nonnegative()
    .optional()
    .describe('Photos that go before this one; only while it waits.'),
  layersDone: z
    .int()
    .nonnegative()
    .optional()
    .describe('Layers that are finished, of how many; from the first of them on.'),
  layersAll: z.int().positive().optional(),
});
export type Progress = z.infer<typeof progressSchema>;
