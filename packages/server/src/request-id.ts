import { randomUUID } from 'node:crypto';

/** A UUID, or the same 128 bits as proxies write them. Anything else could be a text about somebody. */
const ID_PATTERN = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** The id of a request: the one of its `X-Request-Id` where that is a UUID, with or without hyphens, else a new one. */
export function requestIdOf(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' && ID_PATTERN.test(header) ? header : randomUUID();
}

/** The same id as a URN (RFC 9562), which wants the hyphens. */
export function requestUrn(id: string): string {
  const digits = id.replaceAll('-', '').toLowerCase();
  const parts = [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ] as const;
  return `urn:uuid:${parts.map(([from, to]) => digits.slice(from, to)).join('-')}`;
}
