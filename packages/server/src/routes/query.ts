import { DioramaError } from '@diorama/core';
import type { z } from 'zod';

/** The query of a request by its schema. @throws DioramaError `REQUEST_INVALID` that names every fault. */
export function readQuery<T>(schema: z.ZodType<T>, query: unknown): T {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    // What the caller wrote is not repeated: it may hold more than the caller means to see in a log.
    if (issue.code === 'unrecognized_keys') return 'the query has an option that is not known';
    return `${issue.path[0] === undefined ? 'the query' : String(issue.path[0])} ${issue.message}`;
  });
  const line = [...new Set(lines)].join('; ');
  throw new DioramaError('REQUEST_INVALID', `${line.charAt(0).toUpperCase()}${line.slice(1)}.`);
}
