import { DioramaError } from '@diorama/core';
import { createDiorama, type Diorama } from '@diorama/engine';
import { CANARY, makeCanaryJpeg } from '@diorama/fixtures';
import { buildApp, loadConfig } from '@diorama/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formBody } from '../bodies.ts';
import { hangForever, makeFaultyDiorama } from '../faulty-diorama.ts';
import { LogLines } from '../log-lines.ts';

let diorama: Diorama;
let photo: Uint8Array;

beforeAll(async () => {
  diorama = await createDiorama();
  photo = await makeCanaryJpeg();
});
afterAll(() => diorama.dispose());

function start(engine: Diorama, env: Record<string, string> = {}, logStream = new LogLines()) {
  return buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'debug', ...env }), {
    diorama: engine,
    logStream,
  });
}

type App = ReturnType<typeof start>;

function post(app: App, url: string, field: string, values: Record<string, string> = {}) {
  const form = formBody([
    { name: field, fileName: `${CANARY}.jpg`, type: `image/${CANARY}`, bytes: photo },
    ...Object.entries(values).map(([name, value]) => ({ name, bytes: Buffer.from(value) })),
  ]);
  const headers = { ...form.headers, 'user-agent': CANARY };
  return app.inject({ method: 'POST', url, headers, payload: form.body });
}

describe('the compatible routes', () => {
  it('leave nothing of a photo, a name, a field or an address in logs and refusals', async () => {
    const lines = new LogLines();
    const app = start(diorama, {}, lines);
    const address = `http://${CANARY}.example/${CANARY}.jpg`;
    const answers = [
      await post(app, '/v1.0/removebg', 'image_file', { note: CANARY }),
      await post(app, '/v1.0/removebg', 'image_file', { bg_color: CANARY }),
      await post(app, '/v1.0/removebg', 'image_file', { bg_image_url: address }),
      await post(app, '/v1.0/removebg', 'other', { image_url: address }),
      await post(app, '/api/remove', 'file', { model: CANARY, af: CANARY }),
      await app.inject(`/api/remove?url=${encodeURIComponent(address)}`),
    ];
    await app.close();
    expect(answers.slice(1).map(({ statusCode }) => statusCode)).toEqual([400, 400, 400, 422, 403]);
    for (const { headers, rawPayload } of answers) {
      expect(JSON.stringify(headers) + rawPayload.toString('latin1')).not.toContain(CANARY);
    }
    expect(lines.texts.length).toBeGreaterThanOrEqual(answers.length);
    expect(lines.texts.join('')).not.toContain(CANARY);
  });

  it('fetch nothing unless the operator names hosts', async () => {
    const app = start(diorama);
    const payload = { image_url: 'http://127.0.0.1/a.jpg' };
    const answer = await app.inject({ method: 'POST', url: '/v1.0/removebg', payload });
    await app.close();
    expect(answer.json().errors[0]).toMatchObject({ code: 'invalid_image_url' });
    expect(answer.json().errors[0].detail).toContain('does not fetch photos');
  });

  it('answer a full queue with 429 and when to come back', async () => {
    const hanging = hangForever();
    const engine = await makeFaultyDiorama(hanging.layers);
    const app = start(engine, { DIORAMA_MAX_HELD_BYTES: '1', DIORAMA_REQUEST_TIMEOUT_MS: '3000' });
    const first = post(app, '/v1.0/removebg', 'image_file');
    await hanging.begun;
    const [second, third] = [
      await post(app, '/v1.0/removebg', 'image_file'),
      await post(app, '/api/remove', 'file'),
    ];
    expect([second.statusCode, third.statusCode]).toEqual([429, 429]);
    expect(second.json().errors[0]).toMatchObject({ code: 'rate_limit_exceeded' });
    expect(third.json()).toEqual({ detail: expect.any(String) });
    for (const { headers } of [second, third]) {
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    const late = await first;
    await app.close();
    expect(late.statusCode).toBe(504);
    expect(late.json().errors[0]).toMatchObject({ code: 'unknown_error' });
  });

  it('say of a fault of their own no more than that there was one', async () => {
    const faults = [new Error(CANARY), new DioramaError('WORKER_CRASHED', 'A worker crashed.')];
    for (const fault of faults) {
      const app = start(await makeFaultyDiorama(() => Promise.reject(fault)));
      const one = await post(app, '/v1.0/removebg', 'image_file');
      const other = await post(app, '/api/remove', 'file');
      await app.close();
      expect([one.statusCode, other.statusCode]).toEqual([500, 500]);
      expect(one.json().errors[0].code).toBe('unknown_error');
      expect(one.payload + other.payload).not.toContain(CANARY);
    }
  });

  it('know their methods', async () => {
    const app = start(diorama);
    const options = await app.inject({ method: 'OPTIONS', url: '/v1.0/removebg' });
    expect(options.headers.allow).toBe('OPTIONS, POST');
    expect((await app.inject('/v1.0/removebg')).statusCode).toBe(405);
    const head = await app.inject({ method: 'HEAD', url: '/api/remove?url=http://a.example/' });
    expect(head.statusCode).toBe(405);
    await app.close();
  });
});
