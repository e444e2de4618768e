import { createDiorama, type Diorama } from '@diorama/engine';
import { CANARY, makeCanaryJpeg } from '@diorama/fixtures';
import { buildApp, loadConfig } from '@diorama/server';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formBody } from './bodies.ts';
import { LogLines } from './log-lines.ts';

let diorama: Diorama;
let app: ReturnType<typeof buildApp>;
let photo: Uint8Array;
const lines = new LogLines();

beforeAll(async () => {
  diorama = await createDiorama();
  const config = loadConfig({ DIORAMA_LOG_LEVEL: 'debug' });
  app = buildApp(config, { diorama, logStream: lines });
  photo = await makeCanaryJpeg();
});

afterAll(async () => {
  await app.close();
  await diorama.dispose();
});

describe('a photo with a canary in its metadata, its name, its query and its headers', () => {
  it('leaves none of it in answers or logs', async () => {
    const form = formBody([
      { name: 'image', fileName: `${CANARY}.jpg`, type: `image/${CANARY}`, bytes: photo },
    ]);
    const marked = { 'user-agent': CANARY, 'x-note': CANARY, authorization: CANARY };
    const headers = { ...form.headers, ...marked };
    const post = (url: string) =>
      app.inject({
        method: 'POST',
        url,
        headers,
        payload: form.body,
        remoteAddress: '203.0.113.7',
      });

    const made = await post('/v1/layers');
    expect(made.statusCode).toBe(200);
    const answers = [
      made,
      await post(`/v1/layers?format=${CANARY}`),
      await post(`/v1/layers?${CANARY}=1`),
      await post(`/v1/${CANARY}`),
      await app.inject({ url: `/%zz${CANARY}`, headers: marked }),
      await app.inject({ method: 'POST', url: '/v1/depth', headers: marked, payload: CANARY }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 400, 400, 404, 400, 415]);

    const files = unzipSync(made.rawPayload);
    const written = [
      ...Object.keys(files),
      ...Object.values(files).map((bytes) => Buffer.from(bytes).toString('latin1')),
      ...answers.map(({ headers, rawPayload }) => JSON.stringify(headers) + rawPayload),
      ...lines.texts,
    ];
    for (const text of written) expect(text).not.toContain(CANARY);
    expect(lines.texts.join('')).not.toContain('203.0.113.7');
  });

  it('is logged in one line, with the route and the figures only', async () => {
    const [line] = await lines.read(1);
    expect(Object.keys(line ?? {}).sort()).toEqual([
      'bytesIn',
      'bytesOut',
      'durationMs',
      'heightPx',
      'message',
      'method',
      'model',
      'requestId',
      'route',
      'severity',
      'status',
      'stepsMs',
      'time',
      'widthPx',
    ]);
    expect(line).toMatchObject({
      severity: 'INFO',
      message: 'POST /v1/layers 200',
      route: '/v1/layers',
      bytesIn: photo.length,
    });
  });
});
