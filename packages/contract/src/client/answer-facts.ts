import { z } from 'zod';
import { depthMeaningSchema } from '../layers-document.ts';
import { notUnderstood } from './not-understood.ts';

/** What an answer's headers say of it. */
export interface AnswerFacts {
  /** Id of the request, as in the server's log. */
  readonly requestId?: string;
  /** What made it: of the matte, and of the depth where that is another. */
  readonly models: readonly {
    readonly id: string;
    readonly version: string;
    readonly licence: string;
  }[];
  /** Ids of the models that were asked and had not started: those above answered in their place. */
  readonly standInFor?: readonly string[];
  /** Whether the model found a subject, and how sure it is, 0 to 1. */
  readonly subject?: { readonly isPresent: boolean; readonly confidence: number };
  /** What the samples of a depth mean. */
  readonly depthMeaning?: z.infer<typeof depthMeaningSchema>;
  /** Milliseconds of each step, and `total`. */
  readonly timingsMs: Readonly<Record<string, number>>;
  /** What the photo cost, where the server has a price. */
  readonly costUsd?: number;
}

const numberText = z
  .string()
  .regex(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i)
  .transform(Number);
const subjectSchema = z.object({
  isPresent: z.enum(['true', 'false']).transform((text) => text === 'true'),
  confidence: numberText,
});
const depthSchema = z
  .object({
    ...depthMeaningSchema.shape,
    near: numberText,
    far: numberText,
    scale: numberText,
    shift: numberText,
  })
  .pipe(depthMeaningSchema);

/** Reads the headers of an answer that a photo was worked on for. @throws DioramaError `SOURCE_UNAVAILABLE` */
export function readFacts({ headers }: Response): AnswerFacts {
  const read = <T>(
    schema: z.ZodType<T>,
    names: Readonly<Record<string, string>>,
  ): T | undefined => {
    const entries = Object.entries(names).map(([key, name]) => [key, headers.get(name)] as const);
    if (entries.every(([, value]) => value === null)) return undefined;
    const parsed = schema.safeParse(Object.fromEntries(entries));
    if (!parsed.success) throw notUnderstood(parsed.error);
    return parsed.data;
  };
  const requestId = headers.get('x-request-id');
  const standInFor = headers.get('x-stand-in-for');
  const subject = read(subjectSchema, {
    isPresent: 'x-subject-present',
    confidence: 'x-subject-confidence',
  });
  const depth = read(depthSchema, {
    kind: 'x-depth-kind',
    unit: 'x-depth-unit',
    near: 'x-depth-near',
    far: 'x-depth-far',
    scale: 'x-depth-scale',
    shift: 'x-depth-shift',
  });
  const cost = read(z.object({ usd: numberText }), { usd: 'x-cost-usd' });
  return {
    models: readModels(headers),
    timingsMs: readTimings(headers.get('server-timing') ?? ''),
    ...(requestId === null ? {} : { requestId }),
    ...(standInFor === null ? {} : { standInFor: standInFor.split(', ') }),
    ...(subject === undefined ? {} : { subject }),
    ...(depth === undefined ? {} : { depthMeaning: depth }),
    ...(cost === undefined ? {} : { costUsd: cost.usd }),
  };
}

function readModels(headers: Headers): AnswerFacts['models'] {
  const licences = (headers.get('x-model-licence') ?? '').split(', ');
  const models = headers.get('x-model');
  if (models === null) return [];
  return models.split(', ').map((model, index) => {
    const [id = '', version = ''] = model.split('@');
    return { id, version, licence: licences[index] ?? '' };
  });
}

function readTimings(text: string): Record<string, number> {
  const steps = [...text.matchAll(/(\w+);dur=(\d+(?:\.\d+)?)/g)];
  return Object.fromEntries(steps.map(([, step = '', ms = '']) => [step, Number(ms)]));
}
