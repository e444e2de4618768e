import { type DioramaError, type ErrorCode, isDioramaError } from '@diorama/core';
import { z } from 'zod';
import { PROBLEMS } from './problems.ts';

/** RFC 9457 problem details, with Diorama's stable `code`. */
export const problemDocumentSchema = z.object({
  type: z.string().describe('Where the code is explained.'),
  title: z.string().describe('The kind of problem, the same for every case of it.'),
  status: z.int().describe('HTTP status.'),
  detail: z.string().describe('What is wrong this time, in one line for a person.'),
  code: z.string().describe('Stable, for programs; [all of them](/docs/errors).'),
  retryable: z.boolean().describe('Whether the same request may succeed later.'),
  instance: z.string().optional().describe('Id of the request, as in the log.'),
  limits: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe('The figures behind the detail.'),
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
