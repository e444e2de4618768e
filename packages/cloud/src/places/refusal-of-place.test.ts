import { PROBLEMS, problemOf } from '@diorama/contract';
import { DioramaError, type ErrorCode } from '@diorama/core';
import { describe, expect, it } from 'vitest';
import { refusalOfPlace } from './refusal-of-place.ts';

function refuse(status: number, body: string | object, retryAfterMs?: number): DioramaError {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = new TextEncoder().encode(text);
  return refusalOfPlace({
    status,
    contentType: 'text/plain',
    bytes,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

const problem = (code: ErrorCode, detail = {}) =>
  problemOf(new DioramaError(code, 'Words of the predictor.', { detail }));

describe('an answer that is no success', () => {
  it('says that a predictor starts where the platform does', () => {
    const error = { code: 429, message: 'Model is not yet ready for inference. Please wait.' };
    expect(refuse(429, { error })).toMatchObject({
      code: 'PREDICTOR_STARTING',
      detail: { status: 429, retryAfterMs: 10_000 },
    });
    expect(refuse(429, { error }, 3000).detail).toMatchObject({ retryAfterMs: 3000 });
  });

  it.each([
    [429, 'QUEUE_FULL'],
    [502, 'PREDICTOR_UNAVAILABLE'],
    [503, 'PREDICTOR_UNAVAILABLE'],
    [504, 'PREDICTOR_UNAVAILABLE'],
    [500, 'PREDICTOR_UNAVAILABLE'],
    [401, 'CONFIG_INVALID'],
    [403, 'CONFIG_INVALID'],
    [404, 'CONFIG_INVALID'],
    [302, 'PREDICTOR_UNAVAILABLE'],
    [413, 'PREDICTOR_UNAVAILABLE'],
  ])('%i without a problem is %s', (status, code) => {
    expect(refuse(status, '<html>secret page</html>')).toMatchObject({ code, detail: { status } });
    expect(refuse(status, '<html>secret page</html>').message).not.toContain('secret');
  });

  it('says what to do where a service account is not let in', () => {
    expect(refuse(403, '').message).toContain('roles/run.invoker');
    expect(refuse(404, '').message).toContain('check project');
  });

  const wrapped: readonly [string, (inner: object) => object][] = [
    ['as it is', (inner) => inner],
    ['in an error', (error) => ({ error })],
    ['in the text of one', (inner) => ({ error: { code: 503, message: JSON.stringify(inner) } })],
    ['behind words', (inner) => ({ error: { message: `Server said: ${JSON.stringify(inner)}` } })],
    ['in an error’s text', (inner) => ({ error: JSON.stringify({ error: inner }) })],
  ];
  it.each(wrapped)('is read by its problem, %s', (_how, wrap) => {
    const body = wrap(problem('QUEUE_FULL', { retryAfterSeconds: 2 }));
    expect(refuse(503, body)).toMatchObject({ code: 'QUEUE_FULL', detail: { retryAfterMs: 2000 } });
    expect(refuse(503, wrap(problem('NOT_READY')))).toMatchObject({ code: 'PREDICTOR_STARTING' });
  });

  it('keeps what is about the seal, with its figures, and what is too large', () => {
    expect(refuse(409, problem('SEAL_STALE', { nowMs: 5 }))).toMatchObject({
      code: 'SEAL_STALE',
      message: 'Words of the predictor.',
      detail: { nowMs: 5 },
    });
    expect(refuse(422, problem('ANSWER_TOO_LARGE')).code).toBe('ANSWER_TOO_LARGE');
  });

  it('never tells a caller that a photo is bad which was made here', () => {
    for (const code of Object.keys(PROBLEMS).filter((one) => one.startsWith('PHOTO_'))) {
      const error = refuse(422, problem(code as ErrorCode)); // a key of PROBLEMS
      expect(error).toMatchObject({ code: 'PREDICTOR_UNAVAILABLE', detail: { said: code } });
      expect(error.message).not.toContain('Words of the predictor');
    }
  });
});
