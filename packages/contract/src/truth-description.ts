import { z } from 'zod';

/** What NAME.json may say of NAME.alpha.png. */
export const alphaDescriptionSchema = z.object({
  /** The sample that means that nobody can say. */
  ignore: z.int().min(0).max(255).optional(),
});

/** What NAME.json must say of NAME.depth.png; the depth, or inverse depth, of a sample is `sample * scale`. */
export const depthDescriptionSchema = z.object({
  kind: z.enum(['depth', 'inverse']),
  /** Such as `m`, `1/m` or `relative`; told to people only. */
  unit: z.string().optional(),
  scale: z.number().positive().default(1),
  /** The sample that means that nothing is known there. */
  invalid: z.int().min(0).max(65_535).default(0),
  /** Whether no more than its order can be trusted. */
  weak: z.boolean().default(false),
});

export type AlphaDescription = z.infer<typeof alphaDescriptionSchema>;
export type DepthDescription = z.infer<typeof depthDescriptionSchema>;
