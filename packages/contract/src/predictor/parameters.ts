import { DioramaError } from '@diorama/core';
import { z } from 'zod';
import { deadlineMsSchema } from '../layers-request.ts';

/** What is asked of a predictor beside its picture. */
export const predictParametersSchema = z.strictObject({
  tasks: z
    .array(z.enum(['depth', 'matte']))
    .min(1)
    .optional()
    .describe('What to answer; all that the model can by default.'),
  fitted: z
    .boolean()
    .optional()
    .describe('The picture has the model’s size already and is taken as it is.'),
  deadlineMs: z
    .int()
    .positive()
    .optional()
    .describe('Milliseconds from the arrival of the request after which its answer is of no use.'),
  maxBytes: z
    .int()
    .min(10_000)
    .optional()
    .describe('Bytes that the body of the answer may have; 1,500,000 by default.'),
  planes: z
    .enum(['png', 'npy'])
    .optional()
    .describe('For answers that are archives: PNG files, the default, or NumPy arrays.'),
});
export type PredictParameters = z.infer<typeof predictParametersSchema>;

/**
 * The same in a media type, since the platform is not known to hand on any other header, or a query: what follows the
 * type in `image/png; fitted=true; tasks=depth+matte`.
 */
const mediaParametersSchema = z
  .object({
    tasks: z
      .string()
      .transform((text) => text.split('+'))
      .pipe(z.array(z.enum(['depth', 'matte'])).min(1)),
    fitted: z.enum(['true', 'false']).transform((word) => word === 'true'),
    deadlineMs: deadlineMsSchema,
    maxBytes: z
      .string()
      .regex(/^\d{5,10}$/)
      .transform(Number),
    planes: z.enum(['png', 'npy']),
  })
  .partial();

/** Parameter names are the same in upper and lower case (RFC 9110, section 8.3.1). */
const NAMES = {
  tasks: 'tasks',
  fitted: 'fitted',
  'deadline-ms': 'deadlineMs',
  'max-bytes': 'maxBytes',
  planes: 'planes',
} as const;

export interface PictureType {
  /** Such as `image/png`, in lower case. */
  readonly type: string;
  readonly parameters: PredictParameters;
}

/** The media type that says what a picture is and what is asked of it. */
export function writePictureType({ type, parameters }: PictureType): string {
  const words = Object.entries(NAMES).flatMap(([name, key]) => {
    const value = parameters[key];
    if (value === undefined) return [];
    return [`; ${name}=${Array.isArray(value) ? value.join('+') : value}`];
  });
  return `${type}${words.join('')}`;
}

/**
 * Reads it back. Parameters that mean nothing here, such as `charset`, are left out.
 * @throws DioramaError `REQUEST_INVALID` for a value that cannot be
 */
export function readPictureType(text: string): PictureType {
  const [type = '', ...words] = text.split(';').map((part) => part.trim());
  const said = words.flatMap((word) => {
    const [name = '', value = ''] = word.split('=', 2);
    const key = NAMES[name.trim().toLowerCase() as keyof typeof NAMES];
    return key ? [[key, value.trim().replace(/^"(.*)"$/, '$1')]] : [];
  });
  const parsed = mediaParametersSchema.safeParse(Object.fromEntries(said));
  if (parsed.success) return { type: type.toLowerCase(), parameters: parsed.data };
  const names = parsed.error.issues.map(({ path }) => String(path[0])).join(', ');
  throw new DioramaError(
    'REQUEST_INVALID',
    `The content type says something impossible of ${names}.`,
  );
}
