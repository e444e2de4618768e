import { z } from 'zod';

/** JSON Schema as far as the documents of this package write it. */
export type WireSchema = z.core.JSONSchema.BaseSchema;

/**
 * How an option stands in an address, for options that JSON Schema can say more plainly than by the text that is parsed:
 * `quality` is a number from 1 to 100, however its digits are read.
 */
export const wireSchemas = z.registry<WireSchema>();
