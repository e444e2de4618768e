import { DioramaError, type ErrorCode } from '@diorama/core';
import { type ProblemDocument, problemDocumentSchema } from '../problem-document.ts';
import { PROBLEMS } from '../problems.ts';
import { readText } from './read-body.ts';

/** A problem is a few hundred bytes; anything longer is not one. */
const MAX_PROBLEM_BYTES = 65_536;

/**
 * What an answer that is no success says, with `retryAfterSeconds`, `status` and the problem's `limits` as detail. A page
 * of a proxy, or anything else that is no problem, becomes `SOURCE_UNAVAILABLE`.
 */
export async function readRefusal(response: Response): Promise<DioramaError> {
  const problem = await readProblem(response);
  const retryAfter = secondsOf(response.headers.get('retry-after'));
  const detail = {
    status: response.status,
    ...(retryAfter === undefined ? {} : { retryAfterSeconds: retryAfter }),
  };
  if (problem !== undefined) return errorOfProblem(problem, detail);
  // What stands before the server says so when it is overloaded, or the server is not there.
  const isFinal = response.status !== 429 && response.status < 502;
  const line = `The server answered ${response.status} without saying why.`;
  return new DioramaError('SOURCE_UNAVAILABLE', line, { detail: { ...detail, isFinal } });
}

/** A problem as the error that it was. A code that this client does not know becomes `INTERNAL`. */
export function errorOfProblem(
  { code, detail: line, limits = {} }: ProblemDocument,
  detail: Readonly<Record<string, string | number | boolean>> = {},
): DioramaError {
  const isKnown = Object.hasOwn(PROBLEMS, code);
  const known = isKnown ? (code as ErrorCode) : 'INTERNAL'; // a key of PROBLEMS is an ErrorCode
  return new DioramaError(known, line, {
    detail: { ...limits, ...detail, ...(isKnown ? {} : { code }) },
  });
}

async function readProblem(response: Response): Promise<ProblemDocument | undefined> {
  const type = response.headers.get('content-type')?.split(';', 1)[0]?.trim();
  if (type !== 'application/problem+json') {
    await response.body?.cancel();
    return undefined;
  }
  try {
    const text = await readText(response, MAX_PROBLEM_BYTES);
    return problemDocumentSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // Cut short or no JSON: the status is all there is.
    return undefined;
  }
}

/** Seconds of a `Retry-After`, which may be a date. */
function secondsOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d{1,9}$/.test(header)
    ? Number(header)
    : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}
