import {
  type BatchAnswerLine,
  batchAnswerLineSchema,
  problemDocumentSchema,
} from '@diorama/contract';
import { DioramaError, type ErrorCode } from '@diorama/core';

/** More than the largest prediction with the photo beside it. */
export const MAX_ANSWER_LINE_BYTES = 64 * 1024 * 1024;

/** A line of a job as JSON, or undefined where it is none. */
export function readAnswerLine(bytes: Buffer): BatchAnswerLine | undefined {
  try {
    return batchAnswerLineSchema.safeParse(JSON.parse(bytes.toString())).data;
  } catch {
    return undefined; // no JSON: cut short, or not written by a job
  }
}

/** The key of a line's photo, wherever the job left it. */
export function keyOf({ key, instance }: BatchAnswerLine): string | undefined {
  return key ?? instance?.key;
}

const WHOLE_KEY = /"key"\s*:\s*"([^"]{1,200})"/;
/** A key stands at the beginning or the end of its line. */
const KEY_WITHIN_BYTES = 1000;

/** The key of a line that is no whole JSON, so that its photo can be told of. */
export function keyOfDamaged(bytes: Buffer): string | undefined {
  const first = bytes.toString('latin1', 0, KEY_WITHIN_BYTES);
  const last = bytes.toString('latin1', Math.max(0, bytes.length - KEY_WITHIN_BYTES));
  return (WHOLE_KEY.exec(first) ?? WHOLE_KEY.exec(last))?.[1];
}

/** What a job, or the predictor behind it, says in the place of a prediction; undefined where there is one. */
export function refusalOf({ prediction, error }: BatchAnswerLine): DioramaError | undefined {
  if (typeof prediction === 'object' && prediction !== null && 'error' in prediction) {
    const { data } = problemDocumentSchema.safeParse(prediction.error);
    if (!data) return refused('MODEL_OUTPUT_INVALID', 'an error that it does not explain');
    return refused(ABOUT_THE_ANSWER.get(data.code) ?? 'PREDICTOR_UNAVAILABLE', data.detail);
  }
  if (error)
    return refused('PREDICTOR_UNAVAILABLE', error.message ?? `status ${error.code ?? 'unknown'}`);
  return undefined;
}

/** Another job would answer the same. Any other refusal is about that job. */
const ABOUT_THE_ANSWER: ReadonlyMap<string, ErrorCode> = new Map([
  ['ANSWER_TOO_LARGE', 'ANSWER_TOO_LARGE'],
  ['MODEL_OUTPUT_INVALID', 'MODEL_OUTPUT_INVALID'],
]);

function refused(code: ErrorCode, why: string): DioramaError {
  return new DioramaError(code, `The job could not predict it: ${withoutData(why)}`);
}

const LONGEST_CHARS = 300;

/** Messages of the platform may quote what was sent: long runs of base64 are a picture. */
function withoutData(text: string): string {
  return text.replace(/[A-Za-z0-9+/=_-]{60,}/g, '...').slice(0, LONGEST_CHARS);
}
