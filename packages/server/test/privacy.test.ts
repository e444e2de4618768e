import { createDiorama, type Diorama } from '@diorama/engine';
import { CANARY, makeCanaryJpeg } from '@diorama/fixtures';
import { buildApp, loadConfig } from '@diorama/server';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formBody } from './bodies.ts';
import { LogLines } from './log-lines.ts';
import { TraceCollector } from './trace-collector.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
/** Headers in which a caller, or whoever stands before the server, may say something of a person. */
const MARKED = {
  'user-agent': CANARY,
  'x-note': CANARY,
  authorization: CANARY,
  referer: `https://${CANARY}.example/${CANARY}`,
  cookie: `name=${CANARY}`,
  'x-forwarded-for': CANARY,
  'x-request-id': CANARY,
  traceparent: `01-${TRACE}-00f067aa0ba902b7-01-${CANARY}`,
  tracestate: `canary=${CANARY}`,
  baggage: `name=${CANARY}`,
  'x-cloud-trace-context': `${CANARY}/1;o=1`,
};
const collector = new TraceCollector();
let diorama: Diorama;
let app: ReturnType<typeof buildApp>;
let photo: Uint8Array;
const lines = new LogLines();

beforeAll(async () => {
  diorama = await createDiorama();
  const config = loadConfig({
    DIORAMA_LOG_LEVEL: 'debug',
    GOOGLE_CLOUD_PROJECT: 'my-project',
    OTEL_EXPORTER_OTLP_ENDPOINT: await collector.open(),
  });
  app = buildApp(config, { diorama, logStream: lines });
  // In the metadata, and among the bytes that no decoder looks at.
  photo = Buffer.concat([await makeCanaryJpeg(), Buffer.from(CANARY)]);
});

afterAll(() => diorama.dispose());

describe('a photo with a canary in its metadata, its name, its query and its headers', () => {
  it('leaves none of it in answers, logs, metrics or traces', async () => {
    const form = formBody([
      { name: 'image', fileName: `${CANARY}.jpg`, type: `image/${CANARY}`, bytes: photo },
    ]);
    const headers = { ...form.headers, ...MARKED };
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
      await app.inject({ url: `/%zz${CANARY}`, headers: MARKED }),
      await app.inject({ method: 'POST', url: '/v1/depth', headers: MARKED, payload: CANARY }),
      await app.inject({ url: '/v1/models', headers: { ...MARKED, host: `${CANARY}.example` } }),
      await app.inject('/metrics'),
    ];
    // The id of a job is its caller's to choose, and comes back in answers alone.
    const job = `/v1/jobs/${CANARY}`;
    const started = await app.inject({ method: 'PUT', url: job, headers, payload: form.body });
    expect(started.statusCode).toBe(201);
    expect((await app.inject({ method: 'DELETE', url: job })).statusCode).toBe(200);
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses).toEqual([200, 400, 400, 404, 400, 415, 421, 200]);
    // Ending the server sends the spans.
    await app.close();
    await collector.close();
    expect(collector.spans.length).toBeGreaterThan(answers.length);
    expect(new Set(collector.spans.map(({ traceId }) => traceId))).toContain(TRACE);

    const files = unzipSync(made.rawPayload);
    const written = [
      ...Object.keys(files),
      ...Object.values(files).map((bytes) => Buffer.from(bytes).toString('latin1')),
      ...answers.map(({ headers, rawPayload }) => JSON.stringify(headers) + rawPayload),
      ...lines.texts,
      ...collector.bodies,
    ];
    const told = written.join('\n');
    expect(told.toLowerCase()).not.toContain(CANARY.toLowerCase());
    expect(told).not.toContain('203.0.113.7');
  });

  it('is logged in one line, with the route and the figures only', async () => {
    const [line] = await lines.read(1);
    expect(Object.keys(line ?? {}).sort()).toEqual([
      'bytesIn',
      'bytesOut',
      'cost',
      'durationMs',
      'heightPx',
      'httpRequest',
      'logging.googleapis.com/spanId',
      'logging.googleapis.com/trace',
      'logging.googleapis.com/trace_sampled',
      'message',
      'method',
      'model',
      'queueMs',
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
      'logging.googleapis.com/trace': `projects/my-project/traces/${TRACE}`,
      httpRequest: {
        requestMethod: 'POST',
        requestUrl: '/v1/layers',
        status: 200,
        latency: expect.stringMatching(/^\d+\.\d{4}s$/),
        responseSize: expect.stringMatching(/^\d+$/),
      },
    });
  });
});
