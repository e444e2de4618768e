import { once } from 'node:events';
import { connect } from 'node:net';
import { PROBLEMS } from '@diorama/contract';
import { createDiorama, type Diorama } from '@diorama/engine';
import { fromRaster, renderScene } from '@diorama/fixtures';
import { buildApp, loadConfig } from '@diorama/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hangForever, makeFaultyDiorama } from './faulty-diorama.ts';
import { sampleOf } from './prometheus-text.ts';

const JPEG = { 'content-type': 'image/jpeg' };
const quiet = { DIORAMA_LOG_LEVEL: 'silent', DIORAMA_PRICE_PER_HOUR: '0.40' };
let diorama: Diorama;
let app: ReturnType<typeof buildApp>;
let photo: Buffer;

beforeAll(async () => {
  diorama = await createDiorama();
  app = buildApp(loadConfig(quiet), { diorama });
  photo = await fromRaster(renderScene({ seed: 3, width: 120, height: 80 }).photo)
    .jpeg()
    .toBuffer();
});

afterAll(async () => {
  await app.close();
  await diorama.dispose();
});

function post(url: string, payload: Buffer = photo) {
  return app.inject({ method: 'POST', url, headers: JPEG, payload });
}

async function metricsText(): Promise<string> {
  return (await app.inject('/metrics')).payload;
}

describe('GET /metrics', () => {
  it('counts a photo, its steps and its cost, as the answer says them', async () => {
    const before = await metricsText();
    const { headers, statusCode } = await post('/v1/matte');
    expect(statusCode).toBe(200);
    const after = await metricsText();
    const rise = (series: string) => sampleOf(after, series) - (sampleOf(before, series) || 0);

    expect(rise('diorama_photos_total{route="/v1/matte",outcome="done"}')).toBe(1);
    const requests = 'diorama_http_requests_total{method="POST",route="/v1/matte",status="200"}';
    expect(rise(requests)).toBe(1);
    expect(rise('diorama_batch_pictures_sum')).toBe(1);
    const timing = String(headers['server-timing']);
    for (const step of ['decode', 'predict', 'refine', 'encode']) {
      const ms = Number(new RegExp(`${step};dur=([\\d.]+)`).exec(timing)?.[1]);
      const seconds = rise(`diorama_step_duration_seconds_sum{step="${step}"}`);
      expect(seconds * 1000).toBeCloseTo(ms, 6);
    }
    const usd = rise('diorama_cost_usd_total{route="/v1/matte"}');
    expect(usd).toBeCloseTo(Number(headers['x-cost-usd']), 8);
  });

  it('counts refusals by their code, each of which is there from the start', async () => {
    const before = await metricsText();
    const codes = Object.keys(PROBLEMS);
    for (const code of codes) {
      expect(sampleOf(before, `diorama_refusals_total{code="${code}"}`)).not.toBeNaN();
    }
    await post('/v1/matte', Buffer.from('no photo'));
    await post('/v1/nothing');
    await app.inject('/%zz');
    const after = await metricsText();
    const risen = codes.filter((code) => {
      const series = `diorama_refusals_total{code="${code}"}`;
      return sampleOf(after, series) === sampleOf(before, series) + 1;
    });
    expect(risen).toEqual(['REQUEST_INVALID', 'ROUTE_UNKNOWN', 'PHOTO_TYPE_UNSUPPORTED']);
    expect(sampleOf(after, 'diorama_photos_total{route="/v1/matte",outcome="refused"}')).toBe(1);
  });

  it('makes no series of what a caller writes', async () => {
    await app.inject({ method: 'POST', url: '/v1/CANARY?CANARY=1', headers: JPEG });
    const list = await app.inject({ method: 'PROPFIND' as 'GET', url: '/v1/layers' });
    expect(list.statusCode).toBe(405);
    const text = await metricsText();
    expect(text).not.toMatch(/CANARY|PROPFIND/);
    const unknown = 'diorama_http_requests_total{method="POST",route="unknown",status="404"}';
    expect(sampleOf(text, unknown)).toBeGreaterThan(0);
    const odd = 'diorama_http_requests_total{method="_OTHER",route="unknown",status="405"}';
    expect(sampleOf(text, odd)).toBe(1);
  });

  it('says which model runs on what, and how busy its workers are', async () => {
    const text = await metricsText();
    const { card } = diorama.networks[0] ?? { card: undefined };
    const { photos } = diorama.stats();
    expect(text).toContain(`sha256="${card?.sha256}",licence="Apache-2.0",provider="cpu"} 1`);
    expect(sampleOf(text, 'diorama_workers{pool="photos"}')).toBe(photos.size);
    expect(sampleOf(text, `diorama_workers_ready{pool="session ${card?.id}"}`)).toBe(1);
    expect(sampleOf(text, 'diorama_workers_busy{pool="photos"}')).toBe(0);
    expect(sampleOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(2 ** 20);
    const startedAt = sampleOf(text, 'process_start_time_seconds');
    expect(Math.abs(startedAt - performance.timeOrigin / 1000)).toBeLessThan(1);
  });

  it('counts jobs by their state, and their photos by their route', async () => {
    const url = '/v1/jobs/metrics-test-000001';
    const started = await app.inject({ method: 'PUT', url, headers: JPEG, payload: photo });
    expect(started.statusCode).toBe(201);
    const isDone = async () => (await app.inject(url)).json().state === 'done';
    while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 20));
    const text = await metricsText();
    expect(sampleOf(text, 'diorama_jobs{state="done"}')).toBe(1);
    expect(sampleOf(text, 'diorama_jobs{state="working"}')).toBe(0);
    expect(sampleOf(text, 'diorama_photos_total{route="/v1/jobs/:id",outcome="done"}')).toBe(1);
    expect(text).not.toContain('metrics-test');
  });

  it('says how full the desk is, and that it is empty in the end', async () => {
    const busy = post('/v1/layers');
    const isBusy = async () => sampleOf(await metricsText(), 'diorama_photos_working') === 1;
    while (!(await isBusy())) await new Promise((resolve) => setTimeout(resolve, 1));
    expect((await busy).statusCode).toBe(200);
    const text = await metricsText();
    for (const name of ['photos_waiting', 'photos_working', 'held_pixels']) {
      expect(sampleOf(text, `diorama_${name}`)).toBe(0);
    }
    expect(sampleOf(text, 'diorama_desk_refusals_total{bound="count"}')).toBe(0);
  });

  it('sees a main thread that stands still', async () => {
    await metricsText();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const until = performance.now() + 200;
    while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const longest = sampleOf(await metricsText(), 'diorama_event_loop_delay_seconds{stat="max"}');
    expect(longest).toBeGreaterThan(0.1);
  });

  it('is not there where it is switched off', async () => {
    const off = buildApp(loadConfig({ ...quiet, DIORAMA_METRICS: 'off' }), { diorama });
    expect((await off.inject('/metrics')).statusCode).toBe(404);
    await off.close();
  });
});

describe('a server whose engine is not warm', () => {
  it('has figures all the same, and counts who leaves and what is no HTTP', async () => {
    const hanging = hangForever();
    const cold = buildApp(loadConfig(quiet), { diorama: makeFaultyDiorama(hanging.layers) });
    const address = new URL(await cold.listen({ port: 0, host: '127.0.0.1' }));
    const controller = new AbortController();
    const call = fetch(new URL('/v1/layers', address), {
      method: 'POST',
      headers: JPEG,
      body: 'photo',
      signal: controller.signal,
    });
    await hanging.begun;
    controller.abort();
    await expect(call).rejects.toThrow();
    await hanging.aborted;
    const socket = connect(Number(address.port), '127.0.0.1');
    socket.end('this is not HTTP\r\n\r\n');
    await once(socket.resume(), 'close');

    const { payload } = await cold.inject('/metrics');
    const cancelled = 'diorama_photos_total{route="/v1/layers",outcome="cancelled"}';
    expect(sampleOf(payload, cancelled)).toBe(1);
    const left = 'diorama_http_requests_total{method="POST",route="/v1/layers",status="499"}';
    expect(sampleOf(payload, left)).toBe(1);
    expect(sampleOf(payload, 'diorama_refusals_total{code="CANCELLED"}')).toBe(1);
    expect(sampleOf(payload, 'diorama_refusals_total{code="REQUEST_INVALID"}')).toBe(1);
    await cold.close();
  });
});
