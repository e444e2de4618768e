import { openPlace, type Place, parsePlaceAddress } from '@diorama/cloud';
import { problemOf } from '@diorama/contract';
import { byteRaster, DioramaError } from '@diorama/core';
import { createDiorama, type Diorama } from '@diorama/engine';
import { createLocalPredictor, type PredictTerms } from '@diorama/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answering,
  type LoopbackPredictor,
  startLoopbackPredictor,
} from './loopback-predictor.ts';

let diorama: Diorama;
let container: LoopbackPredictor;
let place: Place;
const image = byteRaster({ width: 384, height: 288 }, 3);

beforeAll(async () => {
  diorama = await createDiorama({ predictor: await createLocalPredictor(), photoWorkers: 1 });
  container = await startLoopbackPredictor({ diorama });
  place = await openPlace(parsePlaceAddress(container.origin), {});
});

afterAll(async () => {
  await place.predictor.dispose();
  await container.close();
  await diorama.dispose();
});

const ask = (terms?: PredictTerms, to: Place = place) =>
  to.predictor.predict({ image, wanted: ['depth', 'matte'], terms });
const inMs = (ms: number): PredictTerms => ({ deadlineAtMs: Date.now() + ms });

function say(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Answering {
  return (_request, response) => response.writeHead(status, headers).end(body);
}

describe('a place that fails', () => {
  it.each<[string, Answering, string]>([
    ['says nothing and goes', (request) => request.socket.destroy(), 'PREDICTOR_UNAVAILABLE'],
    [
      'stops in the middle',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '1000', 'content-type': 'application/zip' });
        response.write('PK');
        setTimeout(() => response.destroy(), 50);
      },
      'PREDICTOR_UNAVAILABLE',
    ],
    ['sends a page', say(200, '<html>', { 'content-type': 'text/html' }), 'MODEL_OUTPUT_INVALID'],
    [
      'sends no archive',
      say(200, 'PK', { 'content-type': 'application/zip' }),
      'MODEL_OUTPUT_INVALID',
    ],
    ['sends nothing', say(200, ''), 'MODEL_OUTPUT_INVALID'],
    [
      'sends somewhere else',
      say(307, '', { location: 'http://127.0.0.1:9/' }),
      'PREDICTOR_UNAVAILABLE',
    ],
    ['announces too much', say(200, '', { 'content-length': '99000000' }), 'MODEL_OUTPUT_INVALID'],
    ['has too much to do', say(429, '', { 'retry-after': '7' }), 'QUEUE_FULL'],
  ])('%s', async (_what, answering, code) => {
    container.answerNext(answering);
    await expect(ask()).rejects.toMatchObject({ code });
    // The next one is none the worse.
    await expect(ask()).resolves.toMatchObject({ model: { id: 'diorama-s' } });
  });

  it('says when it wants to be asked again', async () => {
    container.answerNext(say(429, '', { 'retry-after': '7' }));
    await expect(ask()).rejects.toMatchObject({ detail: { retryAfterMs: 7000, status: 429 } });
  });

  it('reads no endless answer to its end', { timeout: 60_000 }, async () => {
    let sentBytes = 0;
    container.answerNext((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/zip' });
      const piece = Buffer.alloc(1_000_000);
      const more = () => {
        if (response.destroyed) return;
        sentBytes += piece.length;
        response.write(piece, () => setImmediate(more));
      };
      more();
    });
    await expect(ask()).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' });
    expect(sentBytes).toBeLessThan(60_000_000);
  });

  it('is not there at all', async () => {
    const gone = await openPlace(parsePlaceAddress('http://127.0.0.1:9'), {});
    await expect(ask(undefined, gone)).rejects.toMatchObject({ code: 'PREDICTOR_UNAVAILABLE' });
    await expect(gone.checkHealth?.(new AbortController().signal)).rejects.toMatchObject({
      code: 'PREDICTOR_UNAVAILABLE',
    });
    await gone.predictor.dispose();
  });

  it('may be found by a name, as long as that leads to one’s own network', async () => {
    const own = await openPlace(parsePlaceAddress(`http://localhost:${container.port}`), {});
    await expect(ask(undefined, own)).resolves.toMatchObject({ model: { id: 'diorama-s' } });
    await own.predictor.dispose();
  });
});

describe('a deadline', () => {
  it('is told to the predictor, less what has passed', async () => {
    await ask(inMs(5000));
    const told = Number(/deadline-ms=(\d+)/.exec(container.seen.at(-1)?.contentType ?? '')?.[1]);
    expect(told).toBeGreaterThan(1000);
    expect(told).toBeLessThanOrEqual(5000);
    await ask();
    expect(container.seen.at(-1)?.contentType).not.toContain('deadline');
  });

  it('ends a try that nobody answers', async () => {
    container.answerNext(() => undefined);
    await expect(ask(inMs(200))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  it('that is over sends nothing', async () => {
    const before = container.seen.length;
    await expect(ask(inMs(-1))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(container.seen).toHaveLength(before);
  });
});

describe('health', () => {
  it('is asked on its route, and costs no picture', async () => {
    await place.checkHealth?.(new AbortController().signal);
    expect(container.seen.at(-1)).toMatchObject({ url: '/health', body: Buffer.alloc(0) });
  });

  it('says that a predictor starts', async () => {
    const starting = problemOf(new DioramaError('NOT_READY', 'The model is still warming up.'));
    container.answerNext(say(503, JSON.stringify(starting), { 'retry-after': '1' }));
    await expect(place.checkHealth?.(new AbortController().signal)).rejects.toMatchObject({
      code: 'PREDICTOR_STARTING',
      detail: { retryAfterMs: 1000 },
    });
  });
});

describe('a model that is not known here', () => {
  it('is asked for, again and again while the predictor starts', async () => {
    container.answerNext(
      say(503, '', { 'retry-after': '0' }),
      say(429, 'Model is not yet ready', { 'retry-after': '0' }),
    );
    // No model of this name is known, and the predictor runs another.
    const address = parsePlaceAddress(`${container.origin}?model=never-heard-of`);
    await expect(openPlace(address, { patienceMs: 10_000 })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('runs diorama-s, and not never-heard-of'),
    });
    expect(container.seen.at(-1)?.body.toString()).toBe('{"instances":[{"describe":true}]}');
  });

  it('is not asked for without end', async () => {
    container.answerNext(say(503, '', { 'retry-after': '30' }));
    const address = parsePlaceAddress(`${container.origin}?model=never-heard-of`);
    await expect(openPlace(address, { patienceMs: 1000 })).rejects.toMatchObject({
      code: 'PREDICTOR_UNAVAILABLE',
    });
  });
});
