import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problemDocumentSchema } from '@diorama/contract';
import { createDiorama, type Diorama } from '@diorama/engine';
import { PHOTO_FILE_MAKERS } from '@diorama/fixtures';
import { buildApp, createKey, loadConfig, revokeKey } from '@diorama/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LogLines } from './log-lines.ts';

let diorama: Diorama;
let photo: Buffer;
let folder: string;
let keysFile: string;
const open: ReturnType<typeof buildApp>[] = [];

beforeAll(async () => {
  diorama = await createDiorama();
  photo = Buffer.from(await PHOTO_FILE_MAKERS.jpeg());
});
afterAll(() => diorama.dispose());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-keys-'));
  keysFile = join(folder, 'keys.json');
});
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
  await rm(folder, { recursive: true });
});

function start(lines = new LogLines()) {
  const config = loadConfig({ DIORAMA_KEYS: keysFile, DIORAMA_LOG_LEVEL: 'debug' });
  const app = buildApp(config, { diorama, logStream: lines });
  open.push(app);
  return app;
}

type App = ReturnType<typeof start>;

function send(app: App, key?: string, payload = photo) {
  const own = key === undefined ? {} : { 'x-api-key': key };
  const headers = { 'content-type': 'image/jpeg', ...own };
  return app.inject({ method: 'POST', url: '/v1/matte?size=32', headers, payload });
}

const codeOf = (answer: Awaited<ReturnType<typeof send>>) =>
  problemDocumentSchema.parse(answer.json()).code;

describe('a server with keys', () => {
  it('asks for one wherever work is done or told of, and nowhere else', async () => {
    const key = await createKey(keysFile, { id: 'app' });
    const app = start();
    const closed = [
      ['POST', '/v1/layers'],
      ['POST', '/v1/depth'],
      ['POST', '/v1/predict'],
      ['GET', '/v1/models'],
      ['GET', '/v1/models/diorama-s/file'],
    ] as const;
    for (const [method, url] of closed) {
      const answer = await app.inject({ method, url });
      expect({ url, status: answer.statusCode, code: codeOf(answer) }).toEqual({
        url,
        status: 401,
        code: 'KEY_REQUIRED',
      });
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="diorama"');
    }
    for (const url of ['/', '/docs.css', '/healthz', '/readyz', '/docs/errors']) {
      expect((await app.inject(url)).statusCode).toBe(200);
    }
    expect((await app.inject('/nowhere')).statusCode).toBe(404);
    expect((await app.inject('/v1/layers')).statusCode).toBe(405);
    expect((await app.inject({ method: 'OPTIONS', url: '/v1/layers' })).statusCode).toBe(204);
    const list = await app.inject({ url: '/v1/models', headers: { 'x-api-key': key } });
    expect(list.statusCode).toBe(200);
  });

  it('takes a key from either header, the own one first, and no other', async () => {
    const key = await createKey(keysFile, { id: 'app' });
    const app = start();
    const status = async (headers: Record<string, string>) =>
      (await app.inject({ url: '/v1/models', headers })).statusCode;
    expect(await status({ 'x-api-key': key })).toBe(200);
    expect(await status({ authorization: `Bearer ${key}` })).toBe(200);
    expect(await status({ authorization: `bearer  ${key}` })).toBe(200);
    expect(await status({ 'x-api-key': key, authorization: 'Bearer of-the-platform' })).toBe(200);
    expect(await status({ 'x-api-key': 'dio_app_x', authorization: `Bearer ${key}` })).toBe(401);
    expect(await status({ authorization: `Basic ${key}` })).toBe(401);
    expect(await status({ authorization: key })).toBe(401);
    expect(await status({ 'x-api-key': `${key}0` })).toBe(401);
    expect((await app.inject(`/v1/models?api_key=${key}`)).statusCode).toBe(401);
  });

  it('refuses before it looks at what is asked, and writes no key anywhere', async () => {
    const key = await createKey(keysFile, { id: 'app' });
    const lines = new LogLines();
    const app = start(lines);
    const unknown = key.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const refused = await send(app, unknown, Buffer.alloc(100_000_000));
    expect(codeOf(refused)).toBe('KEY_REQUIRED');
    expect((await send(app, key)).statusCode).toBe(200);
    const said = [refused.payload, JSON.stringify(refused.headers), ...lines.texts].join('');
    for (const text of [key, unknown]) expect(said).not.toContain(text.slice(-40));
  });

  it('lets go of a key that was revoked, without a restart', async () => {
    const key = await createKey(keysFile, { id: 'app' });
    const app = start();
    expect((await send(app, key)).statusCode).toBe(200);
    await revokeKey(keysFile, 'app');
    let status = 200;
    while (status === 200) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      status = (await app.inject({ url: '/v1/models', headers: { 'x-api-key': key } })).statusCode;
    }
    expect(status).toBe(401);
  });

  it('does not start without its file', () => {
    expect(() => start()).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});

describe('the rate of a key', () => {
  it('is said on each answer, and holds, to the second', async () => {
    const key = await createKey(keysFile, { id: 'app', ratePerMinute: 2 });
    const other = await createKey(keysFile, { id: 'other' });
    const app = start();
    const ask = (own: string) => app.inject({ url: '/v1/models', headers: { 'x-api-key': own } });
    const first = await ask(key);
    expect(first.statusCode).toBe(200);
    expect(first.headers).toMatchObject({
      'ratelimit-limit': '2',
      'ratelimit-remaining': '1',
      'ratelimit-reset': '30',
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '1',
    });
    const resetInSeconds = Number(first.headers['x-ratelimit-reset']) - Date.now() / 1000;
    expect(Math.abs(resetInSeconds - 30)).toBeLessThan(10);
    await ask(key);
    const refused = await ask(key);
    expect(refused.statusCode).toBe(429);
    const problem = problemDocumentSchema.parse(refused.json());
    expect(problem).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    const { retryAfterSeconds } = problem.limits ?? {};
    expect(retryAfterSeconds).toBeGreaterThan(0);
    expect(retryAfterSeconds).toBeLessThanOrEqual(30);
    expect(refused.headers['retry-after']).toBe(String(retryAfterSeconds));
    expect(refused.headers['ratelimit-remaining']).toBe('0');
    const unlimited = await ask(other);
    expect(unlimited.statusCode).toBe(200);
    expect(unlimited.headers).not.toHaveProperty('ratelimit-limit');
    expect((await app.inject('/healthz')).headers).not.toHaveProperty('ratelimit-limit');
  });
});

describe('the budget of a key', () => {
  it('is of answered photos, holds against requests side by side, and over a restart', async () => {
    const key = await createKey(keysFile, { id: 'app', photosPerMonth: 3 });
    const app = start();
    expect((await send(app, key, Buffer.from('no photo'))).statusCode).toBe(415);
    expect((await send(app, key)).statusCode).toBe(200);
    const answers = await Promise.all([1, 2, 3, 4].map(() => send(app, key)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 402, 402]);
    const refused = await send(app, key);
    expect(problemDocumentSchema.parse(refused.json())).toMatchObject({
      code: 'BUDGET_SPENT',
      detail: 'This key may have 3 photos a month, and has had them.',
      limits: { photosPerMonth: 3 },
    });
    const list = await app.inject({ url: '/v1/models', headers: { 'x-api-key': key } });
    expect(list.statusCode).toBe(200);
    await app.close();
    const usage = JSON.parse(await readFile(`${keysFile}.usage.json`, 'utf8')) as unknown;
    expect(usage).toEqual({ month: expect.stringMatching(/^\d{4}-\d{2}$/), photos: { app: 3 } });
    expect((await send(start(), key)).statusCode).toBe(402);
  });

  it('counts one network’s answer as a photo, and nothing that was refused', async () => {
    const key = await createKey(keysFile, { id: 'app', photosPerMonth: 1 });
    const app = start();
    const headers = { 'content-type': 'image/jpeg', 'x-api-key': key };
    const predict = (url: string) => app.inject({ method: 'POST', url, headers, payload: photo });
    expect((await predict('/v1/predict?model=none')).statusCode).toBeGreaterThanOrEqual(400);
    expect((await predict('/v1/predict')).statusCode).toBe(200);
    expect((await predict('/v1/predict')).statusCode).toBe(402);
  });
});
