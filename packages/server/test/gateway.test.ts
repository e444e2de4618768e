import { layersDocumentSchema, readinessSchema } from '@diorama/contract';
import { createDiorama, type Diorama } from '@diorama/engine';
import { CANARY, fromRaster, makeCanaryJpeg, renderScene } from '@diorama/fixtures';
import { buildApp, engineOptions, loadConfig } from '@diorama/server';
import { unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LogLines } from './log-lines.ts';
import { type PredictorHere, startPredictorHere } from './predictor-here.ts';
import { sampleOf } from './prometheus-text.ts';
import { openRecordingProxy, type RecordingProxy } from './recording-proxy.ts';

const JPEG = { 'content-type': 'image/jpeg' };
let predictor: PredictorHere;
let proxy: RecordingProxy;
let photo: Buffer;
const open: { readonly app: ReturnType<typeof buildApp>; readonly diorama: Diorama }[] = [];

beforeAll(async () => {
  predictor = await startPredictorHere({ DIORAMA_ISOLATION: 'thread' });
  proxy = await openRecordingProxy(Number(new URL(predictor.address).port));
  const scene = renderScene({ seed: 5, width: 1600, height: 1200 }).photo;
  photo = await fromRaster(scene).jpeg().toBuffer();
});

afterEach(async () => {
  proxy.isStarting = false;
  proxy.passed.length = 0;
  for (const { app, diorama } of open.splice(0)) {
    await app.close();
    await diorama.dispose();
  }
});

afterAll(async () => {
  await proxy.close();
  expect(await predictor.stop()).toBe(0);
});

/** A gateway to the predictor, as it comes up from its settings. */
async function openGateway(
  settings: Readonly<Record<string, string>> = {},
  logStream = new LogLines(),
) {
  const config = loadConfig({
    DIORAMA_PREDICTORS: proxy.origin,
    DIORAMA_PHOTO_WORKERS: '1',
    DIORAMA_ISOLATION: 'thread',
    DIORAMA_LOG_LEVEL: 'debug',
    ...settings,
  });
  const diorama = await createDiorama(await engineOptions(config));
  const app = buildApp(config, { diorama, logStream });
  open.push({ app, diorama });
  return {
    app,
    layers: (
      query = '',
      payload: Uint8Array = photo,
      headers: Readonly<Record<string, string>> = {},
    ) =>
      app.inject({
        method: 'POST',
        url: `/v1/layers${query}`,
        headers: { ...JPEG, ...headers },
        payload: Buffer.from(payload),
      }),
  };
}

const documentOf = (zip: Uint8Array) =>
  layersDocumentSchema.parse(
    JSON.parse(Buffer.from(unzipSync(zip)['layers.json'] ?? []).toString()),
  );

describe('a gateway', () => {
  it('answers with layers at full size what the predictor saw small', async () => {
    const { app, layers } = await openGateway();
    const made = await layers();
    expect(made.statusCode, made.payload.slice(0, 500)).toBe(200);
    expect(made.headers['x-model']).toMatch(/^diorama-s@/);
    expect(made.headers).not.toHaveProperty('x-stand-in-for');
    const { size, standInFor } = documentOf(made.rawPayload);
    expect(size).toEqual({ width: 1600, height: 1200 });
    expect(standInFor).toBeUndefined();
    expect(proxy.passed).toHaveLength(1);
    expect(proxy.passed[0]?.body.length).toBeLessThan(384 * 288 * 3 + 1000);
    const metrics = (await app.inject('/metrics')).payload;
    const place = `kind="machine"`;
    const name = new URL(proxy.origin).host;
    expect(sampleOf(metrics, `diorama_place_pictures_total{place="${name}",${place}}`)).toBe(1);
    expect(sampleOf(metrics, `diorama_place_state{place="${name}",${place},state="up"}`)).toBe(1);
    // No model is held here.
    expect(metrics).not.toContain('pool="session');
  });

  it('says in /readyz how the predictors fare, and not where they are', async () => {
    const { app, layers } = await openGateway();
    await layers();
    const ready = await app.inject('/readyz');
    const { predictors } = readinessSchema.parse(ready.json());
    expect(predictors).toEqual([
      expect.objectContaining({ kind: 'machine', state: 'up', asked: 1, failed: 0, inFlight: 0 }),
    ]);
    expect(ready.payload).not.toContain('127.0.0.1');
  });

  it('sends nothing of a photo but its pixels, and says nothing of it', async () => {
    const lines = new LogLines();
    const { layers } = await openGateway({}, lines);
    const marked = Buffer.concat([await makeCanaryJpeg(), Buffer.from(CANARY)]);
    const headers = { 'user-agent': CANARY, cookie: CANARY, 'x-forwarded-for': CANARY };
    expect((await layers('', marked, headers)).statusCode).toBe(200);
    expect((await layers(`?model=${CANARY}`, marked, headers)).statusCode).toBe(400);
    expect(proxy.passed).toHaveLength(1);
    const told = [
      ...proxy.passed.map((one) => `${one.url}${one.headers}${one.body.toString('latin1')}`),
      ...lines.texts,
    ].join('\n');
    expect(told.toLowerCase()).not.toContain(CANARY.toLowerCase());
  });

  it('hands the deadline of a request on', async () => {
    const { layers } = await openGateway();
    expect((await layers('', photo, { 'x-deadline-ms': '20000' })).statusCode).toBe(200);
    const told = Number(/deadline-ms=(\d+)/.exec(proxy.passed[0]?.contentType ?? '')?.[1]);
    expect(told).toBeGreaterThan(1000);
    expect(told).toBeLessThan(20_000);
  });

  it('keeps models of its own for requests that name them', async () => {
    const { app } = await openGateway();
    const refused = await app.inject({
      method: 'POST',
      url: '/v1/layers?model=isnet-general',
      headers: JPEG,
      payload: photo,
    });
    expect(refused.json()).toMatchObject({ code: 'MODEL_UNKNOWN' });
  });
});

describe('while the predictor starts', () => {
  it('lets another model answer whom it may, and says so', { timeout: 60_000 }, async () => {
    const { layers } = await openGateway();
    proxy.isStarting = true;
    const made = await layers('?standIn=yes');
    expect(made.statusCode, made.payload.slice(0, 500)).toBe(200);
    expect(made.headers['x-stand-in-for']).toBe('diorama-s');
    expect(documentOf(made.rawPayload).standInFor).toEqual(['diorama-s']);
    expect(proxy.passed).toHaveLength(0);
  });

  it('waits for it otherwise, up to the deadline', async () => {
    const { layers } = await openGateway({ DIORAMA_STAND_IN: 'on' });
    proxy.isStarting = true;
    const late = await layers('?standIn=no&deadlineMs=2500');
    expect([503, 504]).toContain(late.statusCode);
    setTimeout(() => {
      proxy.isStarting = false;
    }, 500);
    const made = await layers('?standIn=no');
    expect(made.statusCode).toBe(200);
    expect(made.headers).not.toHaveProperty('x-stand-in-for');
  });

  it('holds nobody up with those who wait for it', { timeout: 60_000 }, async () => {
    const { layers } = await openGateway({ DIORAMA_PHOTO_WORKERS: '2' });
    proxy.isStarting = true;
    expect((await layers('?standIn=yes')).statusCode).toBe(200);
    let answered = 0;
    const patient = Array.from({ length: 3 }, async () => {
      const made = await layers('?standIn=no&deadlineMs=40000');
      answered += 1;
      return made;
    });
    const hasty = await layers('?standIn=no&deadlineMs=5000');
    // On a busy machine it is not even let in: those before it would take longer.
    expect(['PREDICTOR_STARTING', 'QUEUE_FULL']).toContain(hasty.json().code);
    expect(Number(hasty.headers['retry-after'])).toBeGreaterThan(0);
    for (let n = 0; n < 2; n++) {
      expect((await layers('?standIn=yes')).headers['x-stand-in-for']).toBe('diorama-s');
    }
    expect(answered).toBe(0);
    proxy.isStarting = false;
    for (const made of await Promise.all(patient)) {
      expect(made.statusCode, made.payload.slice(0, 300)).toBe(200);
      expect(made.headers).not.toHaveProperty('x-stand-in-for');
    }
  });

  it('says when to come back where nobody answers at all', async () => {
    const nobody = { DIORAMA_PREDICTORS: 'http://127.0.0.1:1' };
    const { layers } = await openGateway(nobody);
    const refused = await layers('?deadlineMs=1000');
    expect(refused.json()).toMatchObject({ code: 'PREDICTOR_UNAVAILABLE' });
    expect(refused.headers['retry-after']).toBe('5');
  });

  it('does as the server is set where the request says nothing', { timeout: 60_000 }, async () => {
    const { layers } = await openGateway({ DIORAMA_STAND_IN: 'on' });
    proxy.isStarting = true;
    expect((await layers()).headers['x-stand-in-for']).toBe('diorama-s');
  });
});

describe('settings of a gateway', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['an address that is none', { DIORAMA_PREDICTORS: 'somewhere' }],
    ['the same predictor twice', { DIORAMA_PREDICTORS: 'http://10.0.0.1,http://10.0.0.1' }],
    ['unencrypted beyond the network', { DIORAMA_PREDICTORS: 'http://gpu.example' }],
    [
      'a file of keys that is not there',
      { DIORAMA_PREDICTORS: 'http://10.0.0.1', DIORAMA_SEAL_TO: '/nowhere' },
    ],
  ])('are refused with %s', async (_what, settings) => {
    await expect(engineOptions(loadConfig(settings))).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });
});
