import type { PartState } from './part-file.ts';

/** The headers that ask for the rest of a file, or undefined when it must be asked for from its start. */
export function resumeHeaders(
  have: number,
  state: PartState,
  isHashKnown: boolean,
): Readonly<Record<string, string>> | undefined {
  if (have === 0) return undefined;
  const validator = state.etag ?? state.lastModified;
  // Without one only the hash can tell that the two ends belong together.
  if (validator === undefined && !isHashKnown) return undefined;
  return {
    range: `bytes=${have}-`,
    ...(validator === undefined ? {} : { 'if-range': validator }),
  };
}

/** What an answer says of its file. A weak ETag says that two files mean the same, not that they are the same. */
export function stateOf({ status, headers }: Response): PartState {
  const encoding = headers.get('content-encoding');
  // The bytes that arrive here are then not those that the server counts.
  if (encoding !== null && encoding !== 'identity') return {};
  const etag = headers.get('etag');
  const lastModified = headers.get('last-modified');
  const total = status === 206 ? rangeOf(headers)?.total : lengthOf(headers);
  return {
    ...(etag?.startsWith('"') ? { etag } : {}),
    ...(lastModified ? { lastModified } : {}),
    ...(total ? { total } : {}),
  };
}

/** Whether a partial answer is the rest of what is here. */
export function isRest({ headers }: Response, now: PartState, have: number, then: PartState) {
  const range = rangeOf(headers);
  return (
    range?.start === have &&
    isSame(then.etag, now.etag) &&
    isSame(then.lastModified, now.lastModified) &&
    isSame(then.total, now.total)
  );
}

function isSame<T>(then: T | undefined, now: T | undefined): boolean {
  return then === undefined || now === undefined || then === now;
}

function rangeOf(headers: Headers): { start: number; total: number | undefined } | undefined {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
  if (!match) return undefined;
  return { start: Number(match[1]), total: match[2] === '*' ? undefined : Number(match[2]) };
}

function lengthOf(headers: Headers): number | undefined {
  const text = headers.get('content-length') ?? '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
