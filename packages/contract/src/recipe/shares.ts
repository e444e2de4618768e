import { z } from 'zod';

/** A share, 0..1. */
export const shareSchema = z.number().min(0).max(1);

/**
 * A place in a photo: 0,0 is its top left corner and 1,1 its bottom right one. A little outside is allowed, since strokes
 * begin and end there.
 */
export const pointSchema = z.tuple([z.number().min(-1).max(2), z.number().min(-1).max(2)]);

/** A length as a share of the photo's longer side, so that a recipe means the same at every size. */
export const lengthSchema = z.number().positive().max(1);

/** A colour as `#rrggbb`, sRGB. */
export const hexColourSchema = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, { error: 'must be a colour as #rrggbb' });

/** A seed of what looks random: the same seed, the same picture. */
export const seedSchema = z.int().min(0).max(0xffffffff);

export type Point = z.infer<typeof pointSchema>;
