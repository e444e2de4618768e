import type { ErrorCode } from '@diorama/core';
import { PROBLEMS } from '../problems.ts';
import type { Answer, Answers, Paths, Ref } from './document-types.ts';
import { headerRefs } from './headers.ts';
import { documentRef } from './json-schemas.ts';

const PROBLEM_TYPE = 'application/problem+json';
const COMPONENT = '#/components/responses/';

/** What any address can refuse, whatever it does. */
export const ANY_REFUSAL = ['REQUEST_INVALID', 'HOST_REFUSED', 'INTERNAL'] as const;
/** What addresses that want an API key, where there are keys, refuse besides. */
export const KEYED_REFUSAL = [...ANY_REFUSAL, 'KEY_REQUIRED', 'RATE_LIMITED'] as const;
/** What addresses that work on a photo refuse besides. */
export const PHOTO_REFUSAL = [
  ...KEYED_REFUSAL,
  'ORIGIN_REFUSED',
  'BUDGET_SPENT',
  'MODEL_UNKNOWN',
  'PHOTO_EMPTY',
  'PHOTO_TYPE_UNSUPPORTED',
  'PHOTO_UNREADABLE',
  'PHOTO_TRUNCATED',
  'PHOTO_TOO_MANY_BYTES',
  'PHOTO_TOO_MANY_PIXELS',
  'PHOTO_SIDE_TOO_LONG',
  'PHOTO_TOO_MANY_FRAMES',
  'QUEUE_FULL',
  'NOT_READY',
  'PROVIDER_UNAVAILABLE',
  'MODEL_OUTPUT_INVALID',
  'WORKER_CRASHED',
  'DEADLINE_EXCEEDED',
  'CANCELLED',
] as const;

/** Refusals by status, as pointers to components that `refusalComponents` makes. */
export function refusals(codes: readonly ErrorCode[]): Answers {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus]
      .toSorted(([a], [b]) => a - b)
      .map(([status, same]) => [String(status), { $ref: COMPONENT + same.toSorted().join('.') }]),
  );
}

/** A response for each set of codes that the operations point to. */
export function refusalComponents(paths: Paths): Readonly<Record<string, Answer>> {
  const names = Object.values(paths)
    .flatMap((path) => Object.values(path))
    .flatMap(({ responses }) => Object.values(responses))
    .flatMap((answer) => (isRef(answer) ? [answer.$ref.replace(COMPONENT, '')] : []));
  return Object.fromEntries([...new Set(names)].toSorted().map((name) => [name, refusal(name)]));
}

function isRef(answer: Answer | Ref): answer is Ref {
  return '$ref' in answer;
}

function refusal(name: string): Answer {
  const codes = name.split('.') as ErrorCode[]; // joined by `refusals`
  const lines = codes.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`);
  const status = Math.max(...codes.map((code) => PROBLEMS[code].status));
  return {
    description: lines.join(' '),
    headers: headerRefs([
      'X-Request-Id',
      'Server-Timing',
      ...(status === 401 ? (['WWW-Authenticate'] as const) : []),
      ...(codes.some((code) => COMES_BACK.has(code)) ? (['Retry-After'] as const) : []),
    ]),
    content: {
      [PROBLEM_TYPE]: {
        schema: {
          allOf: [
            documentRef('Problem'),
            { properties: { status: { const: status }, code: { enum: codes } } },
          ],
        },
      },
    },
  };
}

/** Refusals that say when to come back. */
const COMES_BACK: ReadonlySet<ErrorCode> = new Set([
  'QUEUE_FULL',
  'RATE_LIMITED',
  'NOT_READY',
  'PROVIDER_UNAVAILABLE',
  'JOB_UNFINISHED',
]);
