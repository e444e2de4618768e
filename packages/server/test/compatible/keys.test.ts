import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiorama, type Diorama } from '@diorama/engine';
import { buildApp, createKey, loadConfig } from '@diorama/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formBody } from '../bodies.ts';
import { type Material, makeMaterial } from './material.ts';

let diorama: Diorama;
let app: ReturnType<typeof buildApp>;
let material: Material;
let folder: string;
const keys = { bounded: '', quick: '' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-keys-'));
  const keysFile = join(folder, 'keys.json');
  keys.bounded = await createKey(keysFile, { id: 'bounded', photosPerMonth: 2 });
  keys.quick = await createKey(keysFile, { id: 'quick', ratePerMinute: 1 });
  material = await makeMaterial();
  diorama = await createDiorama();
  const config = loadConfig({ DIORAMA_LOG_LEVEL: 'silent', DIORAMA_KEYS: keysFile });
  app = buildApp(config, { diorama });
});

afterAll(async () => {
  await app.close();
  await diorama.dispose();
  await rm(folder, { recursive: true });
});

function removeBg(headers: Record<string, string>, file = 'photo') {
  const bytes = material.get(file) ?? Buffer.alloc(0);
  const form = formBody([{ name: 'image_file', fileName: 'a.jpg', bytes }]);
  return app.inject({
    method: 'POST',
    url: '/v1.0/removebg',
    headers: { ...headers, ...form.headers },
    payload: form.body,
  });
}

async function creditsOf(key: string): Promise<unknown> {
  const answer = await app.inject({ url: '/v1.0/account', headers: { 'x-api-key': key } });
  return answer.json().data.attributes.credits;
}

const shared = { payg: 0, enterprise: 0 };

describe('keys at the routes that answer as remove.bg', () => {
  it('are asked for in its shape', async () => {
    for (const headers of [{}, { 'x-api-key': 'INSERT_YOUR_API_KEY_HERE' }]) {
      const answers = [
        await removeBg(headers),
        await app.inject({ url: '/v1.0/account', headers }),
      ];
      for (const answer of answers) {
        expect(answer.statusCode).toBe(403);
        expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
        expect(answer.json()).toEqual({
          errors: [{ title: 'API Key invalid', code: 'auth_failed', detail: expect.any(String) }],
        });
      }
    }
  });

  it('have a budget, whose rest is the account, and whose end is 402', async () => {
    const key = { 'x-api-key': keys.bounded };
    expect(await creditsOf(keys.bounded)).toEqual({ total: 2, subscription: 2, ...shared });
    const first = await removeBg(key);
    expect(first.statusCode).toBe(200);
    expect(first.headers['x-credits-charged']).toBe('1');
    expect(await creditsOf(keys.bounded)).toEqual({ total: 1, subscription: 1, ...shared });
    expect((await removeBg(key, 'text')).statusCode).toBe(400);
    expect(await creditsOf(keys.bounded)).toEqual({ total: 1, subscription: 1, ...shared });
    expect((await removeBg(key)).statusCode).toBe(200);
    const refused = await removeBg(key);
    expect(refused.statusCode).toBe(402);
    expect(refused.json().errors[0]).toMatchObject({
      title: 'Insufficient credits',
      code: 'insufficient_credits',
    });
  });

  it('have a rate, told in its headers, and beyond it 429 with when to come back', async () => {
    const key = { 'x-api-key': keys.quick };
    const first = await removeBg(key);
    expect(first.headers).toMatchObject({
      'x-ratelimit-limit': '1',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': expect.stringMatching(/^\d{10}$/),
      'x-credits-charged': '0',
    });
    const refused = await removeBg(key);
    expect(refused.statusCode).toBe(429);
    expect(refused.json().errors[0]).toMatchObject({ code: 'rate_limit_exceeded' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('keys at the route that answers as rembg', () => {
  it('are asked for in its shape', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/remove' });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(answer.json()).toEqual({ detail: expect.stringContaining('API key') });
  });
});
