import { problemDocumentSchema } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { createDiorama, type Diorama } from '@diorama/engine';
import { makeBombPng, PHOTO_FILE_MAKERS } from '@diorama/fixtures';
import { buildApp, loadConfig } from '@diorama/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formBody } from './bodies.ts';
import { hangForever, makeFaultyDiorama } from './faulty-diorama.ts';
import { LogLines } from './log-lines.ts';

const MAX_BYTES = 20_000;
const JPEG = { 'content-type': 'image/jpeg' };
const quiet = { DIORAMA_LOG_LEVEL: 'silent', DIORAMA_MAX_BYTES: String(MAX_BYTES) };
let diorama: Diorama;
let app: ReturnType<typeof buildApp>;
let photo: Buffer;

beforeAll(async () => {
  const config = loadConfig(quiet);
  diorama = await createDiorama({ limits: { bytes: config.maxBytes, pixels: config.maxPixels } });
  app = buildApp(config, { diorama });
  photo = Buffer.from(await PHOTO_FILE_MAKERS.jpeg());
});

afterAll(async () => {
  await app.close();
  await diorama.dispose();
});

type Answer = Awaited<ReturnType<typeof app.inject>>;

/** Checks that an answer is a problem of that code, and hands it on. */
function expectProblem(answer: Answer, status: number, code: string) {
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const problem = problemDocumentSchema.parse(answer.json());
  expect({ status: answer.statusCode, code: problem.code }).toEqual({ status, code });
  expect(problem.status).toBe(status);
  expect(answer.headers['cache-control']).toBe('no-store');
  return problem;
}

async function post(url: string, payload: Buffer | string = photo, headers = JPEG) {
  return app.inject({ method: 'POST', url, payload, headers });
}

describe('requests that cannot be understood', () => {
  it.each([
    ['/v1/layers?layers=depth,shadow', 'Layers must name some of'],
    ['/v1/layers?layers=', 'Layers must name some of'],
    ['/v1/layers?size=-1', 'Size must be "full"'],
    ['/v1/layers?size=1&size=2', 'Size must be "full"'],
    ['/v1/matte?quality=0', 'Quality must be'],
    ['/v1/matte?format=bmp', 'Format must be one of png'],
    ['/v1/matte?colour=red', 'The query has an option that is not known'],
    ['/v1/subject?format=jpeg', 'transparency'],
    ['/v1/layers?format=jpeg', 'transparency'],
  ])('refuses %s', async (url, line) => {
    expect(expectProblem(await post(url), 400, 'REQUEST_INVALID').detail).toContain(line);
  });

  it.each([
    ['no field "image"', formBody([]), 'no field "image"'],
    ['another field', formBody([{ name: 'x', fileName: 'x', bytes: Buffer.of(1) }]), '"image"'],
    ['options as fields', formBody([{ name: 'size', bytes: Buffer.from('8') }]), 'query'],
    [
      'two photos',
      formBody([1, 2].map((byte) => ({ name: 'image', fileName: 'x', bytes: Buffer.of(byte) }))),
      'one photo',
    ],
  ])('refuses a form with %s', async (_what, form, line) => {
    const answer = await post('/v1/layers', form.body, form.headers);
    expect(expectProblem(answer, 400, 'REQUEST_INVALID').detail).toContain(line);
  });

  it('refuses a form that is cut short, and one without a boundary', async () => {
    const form = formBody([{ name: 'image', fileName: 'x', bytes: photo }]);
    const cut = await post('/v1/matte', form.body.subarray(0, 400), form.headers);
    expectProblem(cut, 400, 'REQUEST_INVALID');
    const type = { 'content-type': 'multipart/form-data' };
    expectProblem(await post('/v1/matte', form.body, type), 400, 'REQUEST_INVALID');
  });

  it('refuses addresses that are none, unknown ones, and methods that a route has not', async () => {
    expectProblem(await app.inject('/%E0%A4%A'), 400, 'REQUEST_INVALID');
    expectProblem(await app.inject('/v2/layers'), 404, 'ROUTE_UNKNOWN');
    expectProblem(await app.inject('/../package.json'), 404, 'ROUTE_UNKNOWN');
    expectProblem(await app.inject({ method: 'OPTIONS', url: '/v2' }), 404, 'ROUTE_UNKNOWN');
    const get = await app.inject('/v1/layers');
    expectProblem(get, 405, 'METHOD_UNSUPPORTED');
    expect(get.headers['allow']).toBe('OPTIONS, POST');
  });

  it('refuses answers that it has not', async () => {
    const headers = { ...JPEG, accept: 'text/html, image/*;q=0.5' };
    const answer = await post('/v1/layers', photo, headers);
    const problem = expectProblem(answer, 406, 'ANSWER_TYPE_UNSUPPORTED');
    expect(problem.detail).toContain('application/zip');
  });
});

describe('photos that are none', () => {
  it('refuses an empty one', async () => {
    expectProblem(await post('/v1/layers', ''), 422, 'PHOTO_EMPTY');
    expectProblem(await app.inject({ method: 'POST', url: '/v1/layers' }), 422, 'PHOTO_EMPTY');
    const form = formBody([{ name: 'image', fileName: 'x', bytes: Buffer.alloc(0) }]);
    expectProblem(await post('/v1/layers', form.body, form.headers), 422, 'PHOTO_EMPTY');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json', 'nonsense'])(
    'refuses a body that calls itself %s',
    async (type) => {
      const answer = await post('/v1/layers', photo, { 'content-type': type });
      expectProblem(answer, 415, 'PHOTO_TYPE_UNSUPPORTED');
    },
  );

  it('refuses text that calls itself a JPEG, and a JPEG that is cut short', async () => {
    expectProblem(await post('/v1/matte', '<svg/>'), 415, 'PHOTO_TYPE_UNSUPPORTED');
    const cut = photo.subarray(0, photo.length - 40);
    expectProblem(await post('/v1/matte', cut), 422, 'PHOTO_TRUNCATED');
    const header = Buffer.concat([photo.subarray(0, 20), Buffer.alloc(400, 7)]);
    expect((await post('/v1/matte', header)).statusCode).toBe(422);
  });

  it('refuses too many bytes, announced or not, bare or in a form, and too many pixels', async () => {
    const large = Buffer.alloc(MAX_BYTES + 1, 1);
    const bare = expectProblem(await post('/v1/matte', large), 413, 'PHOTO_TOO_MANY_BYTES');
    expect(bare.limits).toEqual({ allowed: MAX_BYTES });
    const form = formBody([{ name: 'image', fileName: 'x', bytes: large }]);
    expectProblem(await post('/v1/matte', form.body, form.headers), 413, 'PHOTO_TOO_MANY_BYTES');
    const huge = Buffer.alloc(MAX_BYTES * 10, 1);
    expectProblem(await post('/v1/matte', huge), 413, 'PHOTO_TOO_MANY_BYTES');
    const bomb = Buffer.from(makeBombPng(30_000, 30_000));
    expectProblem(await post('/v1/matte', bomb), 413, 'PHOTO_TOO_MANY_PIXELS');
  });

  it('lives on after all of them', async () => {
    expect((await post('/v1/matte')).statusCode).toBe(200);
  });
});

describe('an engine in trouble', () => {
  const faulty = async (fault: unknown, env: Record<string, string> = {}) => {
    const broken = await makeFaultyDiorama(() => Promise.reject(fault));
    return buildApp(loadConfig({ ...quiet, ...env }), { diorama: broken });
  };
  const send = { method: 'POST', url: '/v1/layers', headers: JPEG, payload: 'photo' } as const;

  it('says when to come back when too much is waiting', async () => {
    const full = await faulty(new DioramaError('QUEUE_FULL', 'Too much is waiting.'));
    const answer = await full.inject(send);
    expectProblem(answer, 429, 'QUEUE_FULL');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('hides what it did not mean to say', async () => {
    const lines = new LogLines();
    const broken = await makeFaultyDiorama(() => Promise.reject(new Error('secret <Buffer ff>')));
    const config = loadConfig({ DIORAMA_LOG_LEVEL: 'error' });
    const answer = await buildApp(config, { diorama: broken, logStream: lines }).inject(send);
    expectProblem(answer, 500, 'INTERNAL');
    const [line] = await lines.read(1);
    expect(line).toMatchObject({ severity: 'ERROR', code: 'INTERNAL', fault: { name: 'Error' } });
    expect(`${answer.payload}${lines.texts}`).not.toContain('secret');
  });

  it('answers at the deadline, even if the engine never does', async () => {
    const hanging = hangForever();
    const config = loadConfig({ ...quiet, DIORAMA_REQUEST_TIMEOUT_MS: '200' });
    const slow = buildApp(config, { diorama: await makeFaultyDiorama(hanging.layers) });
    expectProblem(await slow.inject(send), 504, 'DEADLINE_EXCEEDED');
    expect(await hanging.aborted).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  it('is not ready while it warms; a photo waits for it, up to its deadline', async () => {
    const config = loadConfig({ ...quiet, DIORAMA_REQUEST_TIMEOUT_MS: '300' });
    const warming = buildApp(config, { diorama: new Promise<Diorama>(() => undefined) });
    const ready = await warming.inject('/readyz');
    expectProblem(ready, 503, 'NOT_READY');
    expect(ready.headers['retry-after']).toBe('1');
    expect((await warming.inject('/healthz')).statusCode).toBe(200);
    expectProblem(await warming.inject(send), 504, 'DEADLINE_EXCEEDED');
  });

  it('says why it did not start', async () => {
    const refusal = new DioramaError('PROVIDER_UNAVAILABLE', 'There is no GPU here.');
    const failed = buildApp(loadConfig(quiet), { diorama: Promise.reject(refusal) });
    const answer = await failed.inject(send);
    const problem = expectProblem(answer, 503, 'PROVIDER_UNAVAILABLE');
    expect(problem.detail).toBe('There is no GPU here.');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expectProblem(await failed.inject('/readyz'), 503, 'PROVIDER_UNAVAILABLE');
  });
});
