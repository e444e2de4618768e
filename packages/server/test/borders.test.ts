import { problemDocumentSchema } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { Diorama } from '@diorama/engine';
import { buildApp, loadConfig } from '@diorama/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeFaultyDiorama } from './faulty-diorama.ts';

let diorama: Diorama;

beforeAll(async () => {
  // What gets as far as the engine is answered with 422 here.
  const reached = new DioramaError('PHOTO_UNREADABLE', 'It got through.');
  diorama = await makeFaultyDiorama(() => Promise.reject(reached));
});

function start(env: Record<string, string> = {}) {
  return buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'silent', ...env }), { diorama });
}

function send(app: ReturnType<typeof start>, headers: Record<string, string>, url = '/v1/layers') {
  const type = { 'content-type': 'image/jpeg' };
  return app.inject({ method: 'POST', url, headers: { ...type, ...headers }, payload: 'photo' });
}

const codeOf = (answer: Awaited<ReturnType<typeof send>>) =>
  problemDocumentSchema.parse(answer.json()).code;

describe('the name in Host', () => {
  const own = ['localhost', 'LOCALHOST:8080', 'localhost.', 'a.b.localhost:1', '127.0.0.1:8080'];
  const others = ['evil.example', 'localhost.evil.example', '192.168.1.7:8080', 'x', '[fe80::1]'];
  const odd = ['localhost:8080:1', 'evil.example\t', '127.0.0.1.evil.example', 'notlocalhost'];

  it('must be one of this machine while a server without keys listens there', async () => {
    const app = start();
    for (const host of [...own, '127.1.2.3', '[::1]:8080', '[::1]']) {
      expect({ host, code: codeOf(await send(app, { host })) }).toEqual({
        host,
        code: 'PHOTO_UNREADABLE',
      });
    }
    for (const host of [...others, ...odd]) {
      const answer = await send(app, { host });
      expect({ host, status: answer.statusCode }).toEqual({ host, status: 421 });
      expect(codeOf(answer)).toBe('HOST_REFUSED');
      expect((await app.inject({ url: '/', headers: { host } })).statusCode).toBe(421);
      expect((await app.inject({ url: '/nowhere', headers: { host } })).statusCode).toBe(421);
      expect((await app.inject({ url: '/healthz', headers: { host } })).statusCode).toBe(200);
    }
  });

  it('may be another that the operator names, and then only those', async () => {
    const app = start({ DIORAMA_ALLOWED_HOSTS: 'photos.example, *.corp.example' });
    for (const host of ['photos.example', 'Photos.Example:443', 'a.corp.example', 'localhost']) {
      expect((await send(app, { host })).statusCode).toBe(422);
    }
    for (const host of ['corp.example', 'evil.example']) {
      expect((await send(app, { host })).statusCode).toBe(421);
    }
    const open = { DIORAMA_HOST: '0.0.0.0', DIORAMA_OPEN: 'yes' };
    const closed = start({ ...open, DIORAMA_ALLOWED_HOSTS: 'photos.example' });
    expect((await send(closed, { host: 'evil.example' })).statusCode).toBe(421);
    expect((await send(start(open), { host: 'photos.example' })).statusCode).toBe(422);
    expect((await send(start({ DIORAMA_ALLOWED_HOSTS: '*' }), { host: 'x' })).statusCode).toBe(422);
  });
});

describe('pages of other origins, on a server without keys', () => {
  const host = 'localhost:8080';

  it.each([
    ['of this origin', { origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin' }],
    ['of this origin, in a browser of old', { origin: 'http://localhost:8080' }],
    ['of this origin, behind what speaks https for it', { origin: 'https://localhost:8080' }],
    ['typed by the person', { 'sec-fetch-site': 'none' }],
    ['of no browser', {}],
  ])('lets in what is %s', async (_what, headers) => {
    expect((await send(start(), { host, ...headers })).statusCode).toBe(422);
  });

  it.each([
    ['a form elsewhere', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a form elsewhere, in a browser of old', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' }],
    ['a file, or a sandbox', { origin: 'null' }],
    ['a picture elsewhere', { 'sec-fetch-site': 'cross-site' }],
    ['what begins alike', { origin: 'http://localhost:80801' }],
  ])('refuses what is sent by %s', async (_what, headers) => {
    const app = start();
    const answer = await send(app, { host, ...headers });
    expect({ status: answer.statusCode, code: codeOf(answer) }).toEqual({
      status: 403,
      code: 'ORIGIN_REFUSED',
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    const models = await app.inject({ url: '/v1/models', headers: { host, ...headers } });
    expect(models.statusCode).toBe(403);
    // A link from elsewhere to the page itself is no harm.
    expect((await app.inject({ url: '/', headers: { host, ...headers } })).statusCode).toBe(200);
  });

  it('lets in those that the operator names, and its own behind another name', async () => {
    const app = start({
      DIORAMA_CORS_ORIGINS: 'https://app.example',
      DIORAMA_ALLOWED_HOSTS: 'photos.example',
    });
    const status = async (origin: string) =>
      (await send(app, { host, origin, 'sec-fetch-site': 'cross-site' })).statusCode;
    expect(await status('https://app.example')).toBe(422);
    expect(await status('https://photos.example')).toBe(422);
    expect(await status('https://evil.example')).toBe(403);
    const all = start({ DIORAMA_CORS_ORIGINS: '*' });
    expect((await send(all, { host, 'sec-fetch-site': 'cross-site' })).statusCode).toBe(422);
  });
});

describe('every answer', () => {
  it('forbids to be read as anything else than it says, framed or kept', async () => {
    const app = start();
    const answers = [
      await app.inject('/'),
      await app.inject('/healthz'),
      await app.inject('/nowhere'),
      await app.inject('/%E0%A4%A'),
      await app.inject({ url: '/', headers: { host: 'evil.example' } }),
      await app.inject({ method: 'OPTIONS', url: '/v1/layers' }),
      await send(app, {}),
    ];
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': expect.stringMatching(/^no-(store|cache)$/),
      });
    }
  });
});
