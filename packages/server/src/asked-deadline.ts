import { deadlineMsSchema } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { FastifyRequest } from 'fastify';

/**
 * How soon a request wants its answer, in milliseconds from its arrival: the header `X-Deadline-Ms` or `deadlineMs` in its
 * address, the smaller of both. A malformed one in the address is for the route to refuse, which may not know it at all.
 * @throws DioramaError `REQUEST_INVALID` for a header that says nothing of the kind
 */
export function askedDeadlineMs({ headers, query }: FastifyRequest): number {
  const header = headers['x-deadline-ms'];
  const inHeader = deadlineMsSchema.safeParse(header);
  if (header !== undefined && !inHeader.success) {
    const [fault] = inHeader.error.issues;
    throw new DioramaError('REQUEST_INVALID', `X-Deadline-Ms ${fault?.message}.`);
  }
  const asked = (query as { readonly deadlineMs?: unknown }).deadlineMs; // Fastify's own parser made an object
  const inQuery = deadlineMsSchema.safeParse(asked);
  return Math.min(inHeader.data ?? Infinity, inQuery.data ?? Infinity);
}
