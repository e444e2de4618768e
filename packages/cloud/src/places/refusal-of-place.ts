import { PROBLEMS, type ProblemDocument, problemDocumentSchema } from '@diorama/contract';
import { DioramaError, type ErrorCode } from '@diorama/core';
import type { ChannelAnswer } from './http-channel.ts';

/** How soon a predictor that starts is asked again where it does not say: scaling from zero takes minutes. */
const START_RETRY_MS = 10_000;
const NOT_READY = /not (yet )?ready|scal(ing|ed) (up|from)|starting/i;

/** About the picture or its seal, so that another place would say the same. */
const OF_PICTURE: ReadonlySet<ErrorCode> = new Set([
  'ANSWER_TOO_LARGE',
  'SEAL_REQUIRED',
  'SEAL_INVALID',
  'SEAL_KEY_UNKNOWN',
  'SEAL_STALE',
  'SEAL_REPLAYED',
]);
const OF_PLACE: Partial<Readonly<Record<ErrorCode, ErrorCode>>> = {
  NOT_READY: 'PREDICTOR_STARTING',
  PREDICTOR_STARTING: 'PREDICTOR_STARTING',
  QUEUE_FULL: 'QUEUE_FULL',
  RATE_LIMITED: 'QUEUE_FULL',
  DEADLINE_EXCEEDED: 'DEADLINE_EXCEEDED',
  MODEL_OUTPUT_INVALID: 'MODEL_OUTPUT_INVALID',
};

/** What an answer that is no success means, by the codes that a pool goes by. The status says it where no problem does. */
export function refusalOfPlace(answer: ChannelAnswer): DioramaError {
  const text = new TextDecoder().decode(answer.bytes);
  const { status, retryAfterMs } = answer;
  const problem = findProblem(text);
  if (problem) return refusalOfProblem(problem, status, retryAfterMs);
  if (status === 429 && NOT_READY.test(text)) return starting({ status, retryAfterMs });
  return refusal(codeOfStatus(status), lineOfStatus(status), { status, retryAfterMs });
}

/** The same for a problem that a predictor answered in the place of a prediction. */
export function refusalOfProblem(
  { code, detail: line, limits = {} }: ProblemDocument,
  status: number,
  retryAfterMs?: number,
): DioramaError {
  const known = Object.hasOwn(PROBLEMS, code) ? (code as ErrorCode) : 'INTERNAL'; // a key of PROBLEMS
  const figures = { status, retryAfterMs: retryAfterMs ?? millisecondsOf(limits), said: known };
  if (OF_PICTURE.has(known)) {
    // Some of them say in figures what would be right.
    return new DioramaError(known, line, { detail: { ...limits, status } });
  }
  const ours = OF_PLACE[known] ?? 'PREDICTOR_UNAVAILABLE';
  if (ours === 'PREDICTOR_STARTING') return starting(figures);
  const words = ours === 'PREDICTOR_UNAVAILABLE' ? 'The predictor cannot answer' : 'The predictor';
  return refusal(ours, `${words}: ${PROBLEMS[known].title.toLowerCase()}.`, figures);
}

interface Figures {
  readonly status: number;
  readonly retryAfterMs?: number | undefined;
  /** The code that the predictor gave. */
  readonly said?: ErrorCode;
}

function starting({ retryAfterMs = START_RETRY_MS, ...figures }: Figures): DioramaError {
  return refusal('PREDICTOR_STARTING', 'The predictor is starting.', { ...figures, retryAfterMs });
}

function refusal(
  code: ErrorCode,
  line: string,
  { status, retryAfterMs, said }: Figures,
): DioramaError {
  const detail = {
    status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(said === undefined ? {} : { said }),
  };
  return new DioramaError(code, line, { detail });
}

function millisecondsOf(limits: NonNullable<ProblemDocument['limits']>): number | undefined {
  const { retryAfterMs, retryAfterSeconds } = limits;
  if (typeof retryAfterMs === 'number') return retryAfterMs;
  return typeof retryAfterSeconds === 'number' ? 1000 * retryAfterSeconds : undefined;
}

/** What an operator must set right will not pass within a picture's time. */
const OF_SETTINGS: ReadonlySet<number> = new Set([401, 403, 404]);

function codeOfStatus(status: number): ErrorCode {
  if (OF_SETTINGS.has(status)) return 'CONFIG_INVALID';
  return status === 429 ? 'QUEUE_FULL' : 'PREDICTOR_UNAVAILABLE';
}

function lineOfStatus(status: number): string {
  switch (status) {
    case 401:
      return 'The predictor did not take the credentials: check which service account is used, and for which audience.';
    case 403:
      return 'The predictor does not let this service account in: give it roles/aiplatform.user for an endpoint, or roles/run.invoker for a Cloud Run service.';
    case 404:
      return 'There is no predictor at its address: check project, location, endpoint and route.';
    case 413:
      return 'What stands before the predictor found the picture too large.';
    case 429:
      return 'The predictor has too much to do.';
    default:
      return `The predictor answered ${status} without saying why.`;
  }
}

/** A problem document, also where the platform put it into an error of its own, or into the text of one. */
function findProblem(text: string): ProblemDocument | undefined {
  const outer = parse(text);
  const inner = fieldOf(outer, 'error');
  const message = fieldOf(inner, 'message') ?? fieldOf(outer, 'message') ?? inner;
  const quoted =
    typeof message === 'string' ? parse(/\{.*\}/s.exec(message)?.[0] ?? '') : undefined;
  for (const candidate of [outer, inner, quoted, fieldOf(quoted, 'error')]) {
    const { data } = problemDocumentSchema.safeParse(candidate);
    if (data) return data;
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a page, or nothing: the status is all there is
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name] // an object has any field or none
    : undefined;
}
