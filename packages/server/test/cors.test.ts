import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problemDocumentSchema } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { Diorama } from '@diorama/engine';
import { buildApp, createKey, loadConfig } from '@diorama/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeFaultyDiorama } from './faulty-diorama.ts';

const APP = 'https://app.example';
const EVIL = 'https://evil.example';
let diorama: Diorama;

beforeAll(async () => {
  const refusal = new DioramaError('PHOTO_UNREADABLE', 'It got through.');
  diorama = await makeFaultyDiorama(() => Promise.reject(refusal));
});

function start(env: Record<string, string> = { DIORAMA_CORS_ORIGINS: `${APP},${APP}:8443` }) {
  return buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'silent', ...env }), { diorama });
}

function ask(app: ReturnType<typeof start>, method: 'GET' | 'POST' | 'OPTIONS', url: string) {
  return (headers: Record<string, string>) =>
    app.inject({ method, url, headers, ...(method === 'POST' ? { payload: 'photo' } : {}) });
}

const corsOf = ({ headers }: { headers: Record<string, unknown> }) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control')));

describe('pages of other origins', () => {
  it('get nothing while no origin is named', async () => {
    const app = start({});
    const answer = await ask(app, 'GET', '/healthz')({ origin: APP });
    expect(corsOf(answer)).toEqual({});
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(answer.headers).not.toHaveProperty('vary');
  });

  it('may call, and read answers and refusals with all their headers, when their origin is named', async () => {
    const app = start();
    const type = { 'content-type': 'image/jpeg', origin: APP };
    const answers = [
      await ask(app, 'GET', '/healthz')({ origin: APP }),
      await ask(app, 'GET', '/')({ origin: APP }),
      await ask(app, 'POST', '/v1/layers')(type),
      await ask(app, 'POST', '/v1/layers?size=-1')(type),
      await ask(app, 'GET', '/nowhere')({ origin: APP }),
      await ask(app, 'GET', '/healthz')({ origin: `${APP}:8443` }),
    ];
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses).toEqual([200, 200, 422, 400, 404, 200]);
    for (const answer of answers.slice(0, -1)) {
      expect(corsOf(answer)).toEqual({
        'access-control-allow-origin': APP,
        'access-control-expose-headers': '*',
      });
      expect(answer.headers['cross-origin-resource-policy']).toBe('cross-origin');
      expect(answer.headers['vary']).toMatch(/(^|, )origin$/);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    }
    expect(answers.at(-1)?.headers['access-control-allow-origin']).toBe(`${APP}:8443`);
  });

  it('get nothing when others are named, but caches are told', async () => {
    const app = start();
    for (const headers of [{ origin: EVIL }, { origin: 'null' }, {}]) {
      const answer = await ask(app, 'GET', '/healthz')(headers);
      expect(corsOf(answer)).toEqual({});
      expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(answer.headers['vary']).toBe('origin');
    }
  });

  it('may all be let in', async () => {
    const app = start({ DIORAMA_CORS_ORIGINS: '*' });
    const answer = await ask(app, 'GET', '/healthz')({ origin: EVIL });
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(answer.headers).not.toHaveProperty('vary');
  });
});

describe('a preflight', () => {
  const wanted = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,x-api-key',
  };

  it('is told the methods of the address, and that the headers are fine', async () => {
    const answer = await ask(start(), 'OPTIONS', '/v1/layers?size=8')({ origin: APP, ...wanted });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['allow']).toBe('OPTIONS, POST');
    expect(corsOf(answer)).toEqual({
      'access-control-allow-origin': APP,
      'access-control-allow-methods': 'OPTIONS, POST',
      'access-control-allow-headers': 'content-type,x-api-key',
      'access-control-expose-headers': '*',
      'access-control-max-age': '7200',
    });
  });

  it('of another origin, of none, or for nothing that is there, is told nothing', async () => {
    const app = start();
    const strange = await ask(app, 'OPTIONS', '/v1/layers')({ origin: EVIL, ...wanted });
    expect({ status: strange.statusCode, cors: corsOf(strange) }).toEqual({
      status: 204,
      cors: {},
    });
    const plain = await ask(app, 'OPTIONS', '/v1/layers')({ origin: APP });
    expect(plain.headers['allow']).toBe('OPTIONS, POST');
    expect(plain.headers).not.toHaveProperty('access-control-allow-methods');
    const nothing = await ask(app, 'OPTIONS', '/nowhere')({ origin: APP, ...wanted });
    expect(nothing.statusCode).toBe(404);
    const odd = { origin: APP, ...wanted, 'access-control-request-headers': 'a;b' };
    const refused = await ask(app, 'OPTIONS', '/v1/layers')(odd);
    expect(refused.headers).not.toHaveProperty('access-control-allow-headers');
  });

  it('needs no key, and the refusal for want of one can be read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'diorama-cors-'));
    try {
      const file = join(folder, 'keys.json');
      const key = await createKey(file, { id: 'app', ratePerMinute: 1 });
      const app = start({ DIORAMA_CORS_ORIGINS: APP, DIORAMA_KEYS: file });
      const preflight = await ask(app, 'OPTIONS', '/v1/layers')({ origin: APP, ...wanted });
      expect(preflight.statusCode).toBe(204);
      const post = ask(app, 'POST', '/v1/layers');
      const refused = await post({ origin: APP });
      expect(problemDocumentSchema.parse(refused.json()).code).toBe('KEY_REQUIRED');
      expect(refused.headers['access-control-allow-origin']).toBe(APP);
      const withKey = { origin: APP, 'x-api-key': key, 'content-type': 'image/jpeg' };
      expect((await post(withKey)).statusCode).toBe(422);
      const limited = await post(withKey);
      expect(limited.statusCode).toBe(429);
      expect(limited.headers['access-control-expose-headers']).toBe('*');
      await app.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
