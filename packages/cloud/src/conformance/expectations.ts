import { type ProblemDocument, problemDocumentSchema } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { Answer } from './http-call.ts';

/** Fails a check with one line for a person. */
export function unmet(line: string): DioramaError {
  return new DioramaError('MODEL_OUTPUT_INVALID', line);
}

/** @throws DioramaError `MODEL_OUTPUT_INVALID` with this line unless it is so */
export function expectThat(isSo: boolean, line: string): asserts isSo {
  if (!isSo) throw unmet(line);
}

/** Words of a program's inside, which no caller needs and some can use. */
const INSIDES =
  /\n\s+at |node_modules|\/(home|usr|app|work|root|tmp)\/|Traceback|File ".*", line \d/;

/** A refusal with a status of these, as a problem document that says the same status. */
export function expectProblem(answer: Answer, statuses: readonly number[]): ProblemDocument {
  const { status, type } = answer;
  expectThat(statuses.includes(status), `answered ${status} instead of ${statuses.join(' or ')}`);
  expectThat(
    type === 'application/problem+json',
    `refused with ${type || 'no content type'} instead of application/problem+json`,
  );
  const problem = readProblem(parseText(answer.text()));
  expectThat(problem.status === status, `says ${problem.status} and was sent with ${status}`);
  return problem;
}

/** A problem document without anything of the program's inside. */
export function readProblem(value: unknown): ProblemDocument {
  const { data, error } = problemDocumentSchema.safeParse(value);
  expectThat(
    data !== undefined,
    `refused with what is no problem document (${error?.issues[0]?.path.join('.')})`,
  );
  expectThat(
    !INSIDES.test(JSON.stringify(value)) && !/[\r\n]/.test(data.detail),
    'a refusal tells of the inside of the program',
  );
  return data;
}

/** Text as JSON. */
export function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unmet('answered what is no JSON');
  }
}
