import { z } from 'zod';
import { lengthSchema, pointSchema, shareSchema } from './shares.ts';

/** No stroke of a hand has more points; a recipe is read whole. */
export const MAX_STROKE_POINTS = 4096;
export const MAX_STROKES = 1000;
/** All strokes and arrows of a recipe together: more than a day of painting. */
export const MAX_RECIPE_POINTS = 500_000;

const stroke = {
  /** Of the brush. */
  radius: lengthSchema,
  /** 0: soft all the way from the middle, 1: a hard edge. */
  hardness: shareSchema.default(0.5),
  /** Where the brush went, in order; one point is a dab. */
  points: z.array(pointSchema).min(1).max(MAX_STROKE_POINTS),
};

/** A stroke on the matte. */
export const matteStrokeSchema = z.strictObject({
  tool: z
    .enum(['add', 'remove', 'hair'])
    .describe(
      '`add` makes subject of what is under it, `remove` background; `hair` has the matte worked out anew there, strand by strand, from the colours around.',
    ),
  ...stroke,
});

/** A stroke on the depth. */
export const depthStrokeSchema = z.strictObject({
  tool: z
    .enum(['nearer', 'farther', 'set', 'smooth'])
    .describe(
      '`nearer` and `farther` move what is under the brush, `set` brings it to `depth`, `smooth` evens it out.',
    ),
  /** 0..1: how much of the way one stroke goes. */
  strength: shareSchema.default(0.5),
  /** For `set`: 0 far, 1 near. */
  depth: shareSchema.optional(),
  ...stroke,
});

export type MatteStroke = z.infer<typeof matteStrokeSchema>;
export type DepthStroke = z.infer<typeof depthStrokeSchema>;
