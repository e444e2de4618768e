import { describe, expect, it } from 'vitest';
import { readAnswerLine, refusalOf } from './answer-line.ts';

const PROBLEM = {
  type: '/docs/errors#answer_too_large',
  title: 'Answer does not fit',
  status: 422,
  detail: 'The planes do not fit.',
  code: 'ANSWER_TOO_LARGE',
  retryable: false,
};

function refused(line: object): string | undefined {
  const read = readAnswerLine(Buffer.from(JSON.stringify(line)));
  const error = read && refusalOf(read);
  return error && `${error.code}: ${error.message}`;
}

describe('a line of a job', () => {
  it('is no refusal where there is a prediction', () => {
    expect(refused({ key: 'a', prediction: { version: 1 } })).toBeUndefined();
  });

  it('hands on what the predictor said', () => {
    expect(refused({ key: 'a', prediction: { error: PROBLEM } })).toBe(
      'ANSWER_TOO_LARGE: The job could not predict it: The planes do not fit.',
    );
    const unready = { ...PROBLEM, code: 'REQUEST_INVALID', detail: 'Not so.' };
    expect(refused({ key: 'a', prediction: { error: unready } })).toBe(
      'PREDICTOR_UNAVAILABLE: The job could not predict it: Not so.',
    );
    expect(refused({ key: 'a', prediction: { error: 7 } })).toMatch(/^MODEL_OUTPUT_INVALID: /);
  });

  it('hands on what the platform said, without the picture that it may quote', () => {
    const message = `Bad request {"b64":"${'iVBORw0KGgo/+'.repeat(100)}"} from container`;
    expect(refused({ key: 'a', error: { code: 13, message } })).toBe(
      'PREDICTOR_UNAVAILABLE: The job could not predict it: Bad request {"b64":"..."} from container',
    );
    expect(refused({ key: 'a', error: { code: 13 } })).toMatch(/status 13$/);
  });
});
