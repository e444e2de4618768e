import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ModelCard, modelListSchema, servedModelSchema } from '@diorama/contract';
import { DEFAULT_MODEL_ID, findModelCard } from '@diorama/runtime';
import { buildApp, loadConfig } from '@diorama/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hangForever, makeFaultyDiorama } from './faulty-diorama.ts';

const BYTES = randomBytes(300_000);
const PUBLISHED = { kind: 'https', url: 'https://models.example/own.onnx' } as const;
const NON_COMMERCIAL = {
  spdx: 'CC-BY-NC-4.0',
  commercialUse: false,
  terms: 'Not for commercial use.',
};
const open: ReturnType<typeof buildApp>[] = [];
let folder: string;
let embedded: ModelCard;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diorama-served-'));
  embedded = await findModelCard(DEFAULT_MODEL_ID);
});

afterEach(async () => {
  for (const app of open.splice(0)) {
    app.server.closeAllConnections();
    await app.close();
  }
  rmSync(folder, { recursive: true });
});

/** The card of a model of one's own, whose file lies in the test's folder. */
function ownCard(changes: Partial<ModelCard> = {}, bytes: Buffer = BYTES): ModelCard {
  const path = join(folder, `${changes.id ?? 'own'}.onnx`);
  writeFileSync(path, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const sources: ModelCard['sources'] = [{ kind: 'file', path }, PUBLISHED];
  return { ...embedded, id: 'own', sources, bytes: bytes.length, sha256, ...changes };
}

/** A server that answers with these models and can be asked for all but photos. */
async function serverOf(cards: readonly ModelCard[], env: Record<string, string> = {}) {
  const diorama = {
    ...(await makeFaultyDiorama(hangForever().layers)),
    networks: cards.map((card) => ({ card, provider: 'cpu' })),
  };
  const app = buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'silent', ...env }), { diorama });
  open.push(app);
  return app;
}

const addressOf = ({ id, sha256 }: ModelCard) => `/v1/models/${id}/${sha256}.onnx`;

describe('the list of models', () => {
  it('has those that answer photos, in their order, then the embedded one', async () => {
    const card = ownCard();
    const app = await serverOf([card]);
    const { models } = modelListSchema.parse((await app.inject('/v1/models')).json());
    expect(models.map(({ id }) => id)).toEqual(['own', 'diorama-s']);
    const { bytes, sha256 } = card;
    expect(models[0]?.file).toEqual({ url: addressOf(card), bytes, sha256 });
    expect(models[1]?.file).toMatchObject({ url: addressOf(embedded), bytes: embedded.bytes });
    const one = servedModelSchema.parse((await app.inject('/v1/models/own')).json());
    expect(one).toEqual(models[0]);
  });

  it('names each model once', async () => {
    const app = await serverOf([embedded]);
    expect((await app.inject('/v1/models')).json().models).toHaveLength(1);
  });

  it('says nothing of this machine, of keys in addresses, or of what the operator accepted', async () => {
    const secret = 'https://name:word@example.com/a.onnx';
    const signed = 'https://example.com/b.onnx?signature=word';
    const card = ownCard({ licence: NON_COMMERCIAL, acceptedLicence: NON_COMMERCIAL.spdx });
    const sources: ModelCard['sources'] = [
      ...card.sources,
      { kind: 'https', url: secret },
      { kind: 'https', url: signed },
      { kind: 'https', url: 'https://example.com/c.onnx' },
    ];
    const app = await serverOf([{ ...card, sources }]);
    const { payload } = await app.inject('/v1/models');
    expect(payload).not.toContain(folder);
    expect(payload).not.toContain('word');
    expect(payload).not.toContain('acceptedLicence');
    expect(JSON.parse(payload).models[0].sources).toEqual([
      { kind: 'file', path: `${card.sha256}.onnx` },
      PUBLISHED,
      { kind: 'https', url: 'https://example.com/c.onnx' },
    ]);
  });

  it.each(['none', '..', '%2e%2e%2fown', 'own%00', '__proto__'])('has no model %s', async (id) => {
    const app = await serverOf([ownCard()]);
    for (const url of [`/v1/models/${id}`, `/v1/models/${id}/file`]) {
      const { statusCode, payload } = await app.inject(url);
      expect([400, 404]).toContain(statusCode);
      expect(payload).not.toContain(folder);
    }
  });

  it('waits for a model that is still warming up, as photos do', async () => {
    const diorama = await makeFaultyDiorama(hangForever().layers);
    let start: () => void = () => undefined;
    const starting = new Promise<typeof diorama>((resolve) => {
      start = () => resolve(diorama);
    });
    const app = buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'silent' }), { diorama: starting });
    open.push(app);
    const answer = app.inject('/v1/models');
    setTimeout(start, 50);
    expect((await answer).statusCode).toBe(200);
  });
});

describe('the file of a model', () => {
  it('comes whole, by either address', async () => {
    const card = ownCard();
    const app = await serverOf([card]);
    for (const [url, cacheControl] of [
      [addressOf(card), 'public, max-age=31536000, immutable'],
      ['/v1/models/own/file', 'no-cache'],
    ] as const) {
      const { statusCode, headers, rawPayload } = await app.inject(url);
      expect(statusCode).toBe(200);
      expect(rawPayload.equals(BYTES)).toBe(true);
      expect(headers).toMatchObject({
        'content-type': 'application/octet-stream',
        'content-length': String(BYTES.length),
        'cache-control': cacheControl,
        'accept-ranges': 'bytes',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        etag: `"${card.sha256}"`,
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('that comes with Diorama is the one that its card names', async () => {
    const app = await serverOf([embedded]);
    const { rawPayload } = await app.inject(addressOf(embedded));
    expect(createHash('sha256').update(rawPayload).digest('hex')).toBe(embedded.sha256);
  });

  it('is described by HEAD, and not sent', async () => {
    const card = ownCard();
    const app = await serverOf([card]);
    const { statusCode, headers, rawPayload } = await app.inject({
      method: 'HEAD',
      url: addressOf(card),
    });
    expect(statusCode).toBe(200);
    expect(rawPayload).toHaveLength(0);
    expect(headers['content-length']).toBe(String(BYTES.length));
    const post = await app.inject({ method: 'POST', url: addressOf(card) });
    expect(post.statusCode).toBe(405);
    expect(post.headers['allow']).toBe('GET, HEAD, OPTIONS');
  });

  it('comes in parts', async () => {
    const card = ownCard();
    const app = await serverOf([card]);
    const ask = (headers: Record<string, string>) => app.inject({ url: addressOf(card), headers });
    const part = await ask({ range: 'bytes=100-199' });
    expect(part.statusCode).toBe(206);
    expect(part.headers['content-range']).toBe(`bytes 100-199/${BYTES.length}`);
    expect(part.headers['content-length']).toBe('100');
    expect(part.rawPayload.equals(BYTES.subarray(100, 200))).toBe(true);
    const rest = await ask({ range: 'bytes=299990-', 'if-range': `"${card.sha256}"` });
    expect(rest.rawPayload.equals(BYTES.subarray(299_990))).toBe(true);
    const other = await ask({ range: 'bytes=0-9', 'if-range': '"another"' });
    expect([other.statusCode, other.rawPayload.length]).toEqual([200, BYTES.length]);
    const outside = await ask({ range: 'bytes=300000-' });
    expect([outside.statusCode, outside.rawPayload.length]).toEqual([416, 0]);
    expect(outside.headers['content-range']).toBe(`bytes */${BYTES.length}`);
  });

  it('is not sent again to who has it', async () => {
    const card = ownCard();
    const app = await serverOf([card]);
    const headers = { 'if-none-match': `"old", "${card.sha256}"` };
    const { statusCode, rawPayload } = await app.inject({ url: addressOf(card), headers });
    expect([statusCode, rawPayload.length]).toEqual([304, 0]);
  });

  it('has no other address', async () => {
    const app = await serverOf([ownCard()]);
    for (const name of [`${'0'.repeat(64)}.onnx`, 'own.onnx', '..%2fown.onnx', 'file%00']) {
      expect((await app.inject(`/v1/models/own/${name}`)).statusCode).toBe(404);
    }
  });

  it.each([
    ['under a licence that binds', {}],
    ['under another licence than those that are shared', { DIORAMA_SHARE_LICENCES: 'AGPL-3.0' }],
  ])('%s is not passed on, and has no address', async (_what, env) => {
    const card = ownCard({ licence: NON_COMMERCIAL, acceptedLicence: NON_COMMERCIAL.spdx });
    const app = await serverOf([card], env);
    for (const url of [addressOf(card), '/v1/models/own/file']) {
      const { statusCode, payload } = await app.inject(url);
      expect(statusCode).toBe(403);
      expect(JSON.parse(payload)).toMatchObject({ code: 'LICENCE_NOT_ACCEPTED' });
      expect(payload).toContain('CC-BY-NC-4.0');
    }
    expect((await app.inject('/v1/models/own')).json()).not.toHaveProperty('file');
  });

  it('that nobody published is not passed on, whatever its licence', async () => {
    const { sources, ...card } = ownCard();
    const own = { ...card, sources: sources.slice(0, 1) };
    expect((await (await serverOf([own])).inject(addressOf(own))).statusCode).toBe(403);
    const sharing = await serverOf([own], { DIORAMA_SHARE_LICENCES: card.licence.spdx });
    expect((await sharing.inject(addressOf(own))).statusCode).toBe(200);
  });

  it('is passed on once the operator named its licence', async () => {
    const card = ownCard({ licence: NON_COMMERCIAL });
    const app = await serverOf([card], { DIORAMA_SHARE_LICENCES: 'AGPL-3.0, CC-BY-NC-4.0' });
    expect((await app.inject(addressOf(card))).statusCode).toBe(200);
    expect((await app.inject('/v1/models/own')).json()).toHaveProperty('file');
  });

  it('that lies elsewhere has no address here', async () => {
    const gone: ModelCard['sources'] = [
      { kind: 'file', path: join(folder, 'gone.onnx') },
      PUBLISHED,
    ];
    const card = { ...ownCard(), sources: gone };
    const app = await serverOf([card]);
    expect((await app.inject('/v1/models/own')).json()).not.toHaveProperty('file');
    const { statusCode, payload } = await app.inject(addressOf(card));
    expect([statusCode, JSON.parse(payload).code]).toEqual([503, 'MODEL_MISSING']);
    expect(payload).not.toContain(folder);
  });

  it('that changes on the disk goes out no more, whatever its time says', async () => {
    const card = ownCard();
    const app = await serverOf([card]);
    expect((await app.inject(addressOf(card))).statusCode).toBe(200);
    const path = join(folder, 'own.onnx');
    const before = new Date(2020, 1, 1);
    utimesSync(path, before, before);
    expect((await app.inject(addressOf(card))).statusCode).toBe(200);
    writeFileSync(path, randomBytes(BYTES.length));
    utimesSync(path, before, before);
    const { statusCode, payload } = await app.inject(addressOf(card));
    expect([statusCode, JSON.parse(payload).code]).toEqual([500, 'MODEL_CORRUPT']);
    writeFileSync(path, BYTES);
    expect((await app.inject(addressOf(card))).statusCode).toBe(200);
  });

  it('goes to a few at a time; whoever leaves makes room', async () => {
    // Larger than what sockets hold, so that who does not read keeps the file open.
    const card = ownCard({ id: 'large' }, randomBytes(24_000_000));
    const app = await serverOf([card]);
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    const ask = () =>
      new Promise<IncomingMessage>((resolve, reject) => {
        get(`${address}${addressOf(card)}`, { agent: false }, resolve).on('error', reject);
      });
    const held: IncomingMessage[] = [];
    for (let n = 0; n < 8; n += 1) held.push(await ask());
    expect(held.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(200));
    const refused = await ask();
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBe('2');
    refused.resume();
    // The cards are no file.
    expect((await fetch(`${address}/v1/models`)).status).toBe(200);
    for (const answer of held) answer.destroy();
    let status = 429;
    while (status === 429) {
      const again = await ask();
      status = again.statusCode ?? 0;
      again.destroy();
    }
    expect(status).toBe(200);
  });
});
