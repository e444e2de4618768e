import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createDiorama, type Diorama } from '@diorama/engine';
import { fromRaster, renderScene } from '@diorama/fixtures';
import { buildApp, loadConfig } from '@diorama/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LogLines } from './log-lines.ts';
import { attributesOf, type CollectedSpan, TraceCollector } from './trace-collector.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const SERVER_KIND = 2;
const ERROR_STATUS = 2;
let diorama: Diorama;
let photo: Buffer;

beforeAll(async () => {
  diorama = await createDiorama();
  photo = await fromRaster(renderScene({ seed: 3, width: 120, height: 80 }).photo)
    .jpeg()
    .toBuffer();
});

afterAll(() => diorama.dispose());

/** Does something with a server that traces, ends it, and answers what arrived by then. */
async function traced(
  use: (app: ReturnType<typeof buildApp>) => Promise<unknown>,
  env: Record<string, string> = {},
) {
  const collector = new TraceCollector();
  const endpoint = await collector.open();
  const lines = new LogLines();
  const config = loadConfig({
    DIORAMA_LOG_LEVEL: 'info',
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    ...env,
  });
  const app = buildApp(config, { diorama, logStream: lines });
  await use(app);
  await app.close();
  await collector.close();
  return { spans: collector.spans, paths: collector.paths, lines: await lines.read(1) };
}

function post(app: ReturnType<typeof buildApp>, headers: Record<string, string>, body = photo) {
  return app.inject({
    method: 'POST',
    url: '/v1/matte',
    headers: { 'content-type': 'image/jpeg', ...headers },
    payload: body,
  });
}

const nanoseconds = ({ startTimeUnixNano, endTimeUnixNano }: CollectedSpan) =>
  Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano));

describe('a request that is traced', () => {
  it("continues its caller's trace, with a span for each step as long as Server-Timing says", async () => {
    let timing = '';
    const traceparent = `00-${TRACE}-${SPAN}-01`;
    const { spans, paths, lines } = await traced(async (app) => {
      const answer = await post(app, { traceparent });
      timing = String(answer.headers['server-timing']);
    });
    expect(new Set(paths)).toEqual(new Set(['/v1/traces']));
    const server = spans.find(({ kind }) => kind === SERVER_KIND) as CollectedSpan;
    expect(server).toMatchObject({ name: 'POST /v1/matte', traceId: TRACE, parentSpanId: SPAN });
    expect(attributesOf(server)).toEqual({
      'http.request.method': 'POST',
      'http.route': '/v1/matte',
      'http.response.status_code': 200,
      'http.request.body.size': photo.length,
      'http.response.body.size': expect.any(Number),
      'diorama.request_id': lines[0]?.['requestId'],
      'diorama.model': lines[0]?.['model'],
      'diorama.width_px': 120,
      'diorama.height_px': 80,
      'diorama.batch_size': 1,
    });
    const steps = spans.filter((span) => span !== server);
    expect(steps.map(({ name }) => name).sort()).toEqual(
      expect.arrayContaining(['decode', 'encode', 'predict', 'refine']),
    );
    for (const span of steps) {
      expect(span).toMatchObject({ traceId: TRACE, parentSpanId: server.spanId });
      const ms = Number(new RegExp(`${span.name};dur=([\\d.]+)`).exec(timing)?.[1]);
      expect(nanoseconds(span) / 1e6).toBeCloseTo(ms, 2);
      expect(BigInt(span.startTimeUnixNano)).toBeGreaterThanOrEqual(
        BigInt(server.startTimeUnixNano),
      );
    }
  });

  it('is named in the log by its own span, in the words of Google Cloud', async () => {
    const { spans, lines } = await traced((app) => post(app, {}), {
      GOOGLE_CLOUD_PROJECT: 'my-project',
    });
    const server = spans.find(({ kind }) => kind === SERVER_KIND);
    expect(lines[0]).toMatchObject({
      'logging.googleapis.com/trace': `projects/my-project/traces/${server?.traceId}`,
      'logging.googleapis.com/spanId': server?.spanId,
      'logging.googleapis.com/trace_sampled': true,
    });
  });

  it('has its code, and is an error only where the server is at fault', async () => {
    const { spans } = await traced(async (app) => {
      await post(app, {}, Buffer.from('no photo'));
      await app.inject({ method: 'POST', url: '/v1/layers?nothing=1', payload: 'x' });
    });
    const codes = spans.map((span) => attributesOf(span)['diorama.code']);
    expect(codes.sort()).toEqual(['PHOTO_TYPE_UNSUPPORTED', 'REQUEST_INVALID']);
    expect(spans.filter(({ status }) => status.code === ERROR_STATUS)).toEqual([]);
  });

  it('is not sent where its caller says that the trace is not', async () => {
    const { spans } = await traced((app) => post(app, { traceparent: `00-${TRACE}-${SPAN}-00` }));
    expect(spans).toEqual([]);
  });
});

describe('a collector that cannot be reached', () => {
  it('costs one warning, and neither answers nor the end of the server', async () => {
    const lines = new LogLines();
    const config = loadConfig({
      DIORAMA_LOG_LEVEL: 'warn',
      // A port that nothing listens on: discard, which a browser may not even ask for.
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    });
    const app = buildApp(config, { diorama, logStream: lines });
    for (let n = 0; n < 3; n += 1) expect((await post(app, {})).statusCode).toBe(200);
    await app.close();
    const warnings = await lines.read(1);
    expect(warnings).toMatchObject([
      { severity: 'WARNING', message: 'Traces do not reach their collector.' },
    ]);
  });
});

describe('a server without a collector', () => {
  it("does not load OpenTelemetry's SDK", async () => {
    const program = `
      import { Module } from 'node:module';
      import { buildApp, loadConfig } from '@diorama/server';
      const endpoint = process.argv[1];
      const config = loadConfig(endpoint ? { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } : {});
      const app = buildApp(config, { diorama: new Promise(() => {}) });
      await app.ready();
      const loaded = Object.keys(Module._cache).filter((path) => /sdk-trace|otlp/.test(path));
      console.log(loaded.length);
      process.exit();
    `;
    const run = promisify(execFile);
    const loadedWith = async (...endpoint: string[]) => {
      const flags = ['--input-type=module', '-e', program];
      const { stdout } = await run(process.execPath, [...flags, ...endpoint]);
      return Number(stdout);
    };
    expect(await loadedWith()).toBe(0);
    // The same look finds it where it is loaded.
    expect(await loadedWith('http://127.0.0.1:9')).toBeGreaterThan(0);
  });
});
