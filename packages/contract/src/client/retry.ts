import type { DioramaError, ErrorCode } from '@diorama/core';
import { PROBLEMS } from '../problems.ts';

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 8000;

/** Not sent again although they may succeed later: the caller's time is over, or the caller is to wait for an event. */
const LEFT_TO_CALLER: ReadonlySet<ErrorCode> = new Set([
  'DEADLINE_EXCEEDED',
  'CANCELLED',
  'JOB_UNFINISHED',
]);

/**
 * Whether a request is sent again after a refusal. Every request of this client may be: photos are worked on without a trace,
 * and jobs have an id of the caller's choice.
 */
export function isSentAgain({ code, detail }: DioramaError): boolean {
  return PROBLEMS[code].retryable && !LEFT_TO_CALLER.has(code) && detail['isFinal'] !== true;
}

/**
 * How long to wait before the next attempt, in milliseconds: as long as the server says, else twice as long each time, and
 * up to a quarter more, so that those who were refused together do not come back together. `random` is 0 to 1.
 */
export function retryDelayMs(attempt: number, error: DioramaError, random: number): number {
  const { retryAfterSeconds } = error.detail;
  const own = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  const told = typeof retryAfterSeconds === 'number' ? retryAfterSeconds * 1000 : own;
  return Math.max(told, own) * (1 + random / 4);
}
