import { createDiorama, type Diorama } from '@diorama/engine';
import { fromRaster, renderScene } from '@diorama/fixtures';
import { buildApp, loadConfig } from '@diorama/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LogLines } from './log-lines.ts';

const JPEG = { 'content-type': 'image/jpeg' };
const PRICE_PER_HOUR = 0.4;
const UUID = '0190c4e2-7f3b-7c1d-9a55-2f3f0c9b1a7e';
const lines = new LogLines();
let diorama: Diorama;
let app: ReturnType<typeof buildApp>;
let photo: Buffer;

beforeAll(async () => {
  diorama = await createDiorama({ photoWorkers: 2 });
  const config = loadConfig({
    DIORAMA_LOG_LEVEL: 'info',
    DIORAMA_PRICE_PER_HOUR: String(PRICE_PER_HOUR),
    // Nothing of it is charged for a network that runs on the processor.
    DIORAMA_GPU_PRICE_PER_HOUR: '100',
  });
  app = buildApp(config, { diorama, logStream: lines });
  photo = await fromRaster(renderScene({ seed: 3, width: 120, height: 80 }).photo)
    .jpeg()
    .toBuffer();
});

afterAll(async () => {
  await app.close();
  await diorama.dispose();
});

function post(url: string, headers: Record<string, string> = {}, payload = photo) {
  return app.inject({ method: 'POST', url, headers: { ...JPEG, ...headers }, payload });
}

/** The milliseconds of Server-Timing by name. */
function timingsOf(headers: Readonly<Record<string, unknown>>): Record<string, number> {
  const entries = String(headers['server-timing']).split(', ');
  return Object.fromEntries(
    entries.map((entry) => {
      const [name = '', ms] = entry.split(';dur=');
      return [name, Number(ms)];
    }),
  );
}

describe('the cost receipt', () => {
  it("is the machine's price for what Server-Timing says, shared by the photo workers", async () => {
    const { headers } = await post('/v1/layers');
    const { decode = 0, predict = 0, refine = 0, encode = 0 } = timingsOf(headers);
    const computeMs = decode + predict + refine + encode;
    const usd = ((PRICE_PER_HOUR / 3_600_000) * computeMs) / 2;
    expect(Number(headers['x-cost-usd'])).toBeCloseTo(usd, 8);
    expect(headers['x-cost']).toBe(
      `compute-ms=${computeMs.toFixed(1)}, predict-ms=${predict.toFixed(1)}, batch=1, ` +
        `usd-micros=${(Number(headers['x-cost-usd']) * 1e6).toFixed(3)}`,
    );
    const line = (await lines.read(1)).at(-1);
    expect(line?.['cost']).toMatchObject({ batchSize: 1, usd: expect.closeTo(usd, 8) });
  });

  it('is on the answer of one network alone, and not on a refusal', async () => {
    const { headers } = await post('/v1/predict');
    expect(headers['x-cost']).toMatch(/^compute-ms=.+, usd-micros=/);
    const refused = await post('/v1/matte', {}, Buffer.from('no photo'));
    expect(refused.statusCode).toBe(415);
    expect(refused.headers).not.toHaveProperty('x-cost');
    expect(refused.headers).not.toHaveProperty('x-cost-usd');
  });
});

describe('Server-Timing', () => {
  it('says of a refusal how long it took in all', async () => {
    const { headers } = await post('/v1/matte', {}, Buffer.from('no photo'));
    expect(Object.keys(timingsOf(headers))).toEqual(['total']);
    expect(timingsOf(headers)['total']).toBeGreaterThan(0);
  });

  it('says of a photo at least as much in all as the steps took', async () => {
    const { total = 0, ...steps } = timingsOf((await post('/v1/layers')).headers);
    const sum = Object.values(steps).reduce((a, b) => a + b, 0);
    // Each is rounded to a tenth.
    expect(total).toBeGreaterThan(sum - 1);
  });
});

describe('X-Request-Id', () => {
  it('is the one that the caller sent, in the answer, in the refusal and in the log', async () => {
    const id = UUID.replaceAll('-', '');
    const answer = await post('/v1/matte?nothing=1', { 'x-request-id': id });
    expect(answer.headers['x-request-id']).toBe(id);
    expect(answer.json()).toMatchObject({ instance: `urn:uuid:${UUID}` });
    const logged = (await lines.read(1)).find(({ requestId }) => requestId === id);
    expect(logged).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
  });

  it('is a new one where the caller sent anything else', async () => {
    const answer = await post('/v1/matte?nothing=1', { 'x-request-id': 'anna' });
    const id = String(answer.headers['x-request-id']);
    expect(answer.json()).toMatchObject({ instance: `urn:uuid:${id}` });
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });
});
