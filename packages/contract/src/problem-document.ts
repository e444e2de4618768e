import { type DioramaError, type ErrorCode, isDioramaError } from '@diorama/core';
import { z } from 'zod';
import { PROBLEMS } from './problems.ts';

/** RFC 9457 problem details, with Diorama's stable `code`. */
export const problemDocumentSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  retryable: z.boolean(),
  instance: z.string().optional(),
  limits: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type ProblemDocument = z.infer<typeof problemDocumentSchema>;

/** Any thrown value as a problem. What Diorama did not throw on purpose becomes `INTERNAL`, without its text. */
export function problemOf(error: unknown): ProblemDocument {
  const known = isDioramaError(error) ? (error as DioramaError) : undefined;
  const code: ErrorCode = known?.code ?? 'INTERNAL';
  const row = PROBLEMS[code];
  return {
    type: `/docs/errors#${code.toLowerCase()}`,
    title: row.title,
    status: row.status,
    detail: known?.message ?? 'Something went wrong inside Diorama.',
    code,
    retryable: row.retryable,
    ...(known && Object.keys(known.detail).length > 0 ? { limits: { ...known.detail } } : {}),
  };
}

/** The exit code of the command line for any thrown value. */
export function exitCodeOf(error: unknown): number {
  return PROBLEMS[isDioramaError(error) ? error.code : 'INTERNAL'].exitCode;
}
