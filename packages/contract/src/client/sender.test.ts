import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DioramaError } from '@diorama/core';
import { afterEach, describe, expect, it } from 'vitest';
import { problemOf } from '../problem-document.ts';
import { createDioramaClient } from './create-client.ts';

type Answerer = (request: IncomingMessage, response: ServerResponse, attempt: number) => void;

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A server on loopback that answers as a test says, and the requests that it got, with their bodies. */
async function serve(answerer: Answerer) {
  const requests: { headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      answerer(request, response, requests.length);
    });
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return { baseUrl: `http://127.0.0.1:${port}/under/`, requests };
}

function refuse(
  response: ServerResponse,
  error: DioramaError,
  headers: Record<string, string> = {},
) {
  const problem = problemOf(error);
  response.writeHead(problem.status, { 'content-type': 'application/problem+json', ...headers });
  response.end(JSON.stringify(problem));
}

const models = (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"models":[]}');
};
const picture = (response: ServerResponse) => {
  response.writeHead(200, {
    'content-type': 'image/png',
    'x-model': 'm@1',
    'x-model-licence': 'MIT',
  });
  response.end('picture');
};

describe('a client', () => {
  it('sends a refused photo again, whole, after the time that the server says', async () => {
    const { baseUrl, requests } = await serve((_request, response, attempt) => {
      if (attempt > 1) picture(response);
      else refuse(response, new DioramaError('QUEUE_FULL', 'Full.'), { 'retry-after': '1' });
    });
    const client = createDioramaClient({ baseUrl, apiKey: 'dio_key' });
    const startedAtMs = performance.now();
    const { bytes, mediaType, models } = await client.depth(Buffer.from('a photo'), { size: 64 });
    expect(performance.now() - startedAtMs).toBeGreaterThan(990);
    expect(new TextDecoder().decode(bytes)).toBe('picture');
    expect(mediaType).toBe('image/png');
    expect(models).toEqual([{ id: 'm', version: '1', licence: 'MIT' }]);
    expect(requests.map(({ body }) => body)).toEqual(['a photo', 'a photo']);
    expect(requests[1]?.headers).toMatchObject({
      'x-api-key': 'dio_key',
      'content-type': 'application/octet-stream',
    });
    const [first = 0, second = 0] = requests.map(({ headers }) => Number(headers['x-deadline-ms']));
    expect(first).toBeLessThanOrEqual(120_000);
    expect(first - second).toBeGreaterThan(990);
  });

  it('says at once what it would wait for in vain, with the seconds and the figures', async () => {
    const { baseUrl, requests } = await serve((_request, response) => {
      const error = new DioramaError('QUEUE_FULL', 'Full.', { detail: { waiting: 9 } });
      refuse(response, error, { 'retry-after': '60' });
    });
    const client = createDioramaClient({ baseUrl });
    await expect(client.models({ deadlineMs: 5000 })).rejects.toMatchObject({
      code: 'QUEUE_FULL',
      message: 'Full.',
      detail: { retryAfterSeconds: 60, waiting: 9, status: 429 },
    });
    expect(requests).toHaveLength(1);
  });

  it('sends nothing again that would be refused again', async () => {
    const { baseUrl, requests } = await serve((_request, response) => {
      refuse(response, new DioramaError('PHOTO_UNREADABLE', 'Broken.'));
    });
    const photo = new Blob(['x'], { type: 'image/png' });
    await expect(createDioramaClient({ baseUrl }).matte(photo)).rejects.toMatchObject({
      code: 'PHOTO_UNREADABLE',
    });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers['content-type']).toBe('image/png');
  });

  it('tries a connection that breaks off again, and gives up after its bound', async () => {
    const { baseUrl, requests } = await serve((request, response, attempt) => {
      if (attempt < 2) request.socket.destroy();
      else models(response);
    });
    const client = createDioramaClient({ baseUrl });
    expect(await client.models()).toEqual([]);
    expect(requests).toHaveLength(2);

    const broken = await serve((request) => request.socket.destroy());
    const impatient = createDioramaClient({ baseUrl: broken.baseUrl, maxAttempts: 2 });
    await expect(impatient.models()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
    expect(broken.requests).toHaveLength(2);
  });

  it('takes what a proxy says for what it is', async () => {
    const { baseUrl, requests } = await serve((_request, response, attempt) => {
      if (attempt > 1) return models(response);
      response.writeHead(503, { 'content-type': 'text/html' }).end('<h1>Later</h1>');
    });
    expect(await createDioramaClient({ baseUrl }).models()).toEqual([]);
    expect(requests).toHaveLength(2);
    const page = await serve((_request, response) => response.end('<h1>Hotel</h1>'));
    await expect(createDioramaClient({ baseUrl: page.baseUrl }).models()).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
    });
    expect(page.requests).toHaveLength(1);
  });

  it('follows no redirect: a photo goes to the server that was named', async () => {
    const other = await serve((_request, response) => picture(response));
    const { baseUrl } = await serve((_request, response) => {
      response.writeHead(307, { location: `${other.baseUrl}v1/depth` }).end();
    });
    const client = createDioramaClient({ baseUrl, maxAttempts: 1 });
    await expect(client.depth(new Uint8Array([1]))).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
    });
    expect(other.requests).toHaveLength(0);
  });

  it('ends at its deadline, and when its caller says so, also while it waits', async () => {
    const { baseUrl } = await serve(() => undefined);
    const client = createDioramaClient({ baseUrl });
    await expect(client.models({ deadlineMs: 50 })).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
    const stop = new AbortController();
    const stopped = client.models({ signal: stop.signal });
    stop.abort();
    await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });

    const busy = await serve((_request, response) => {
      refuse(response, new DioramaError('NOT_READY', 'Warming.'), { 'retry-after': '30' });
    });
    const later = new AbortController();
    const waiting = createDioramaClient({ baseUrl: busy.baseUrl }).ready({ signal: later.signal });
    setTimeout(() => later.abort(), 100);
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(busy.requests).toHaveLength(1);
  });

  it('reads no more than it is allowed to', async () => {
    const { baseUrl } = await serve((_request, response) => {
      for (let n = 0; n < 64; n++) response.write(Buffer.alloc(65_536));
      response.end();
    });
    const client = createDioramaClient({ baseUrl, maxAnswerBytes: 1_000_000 });
    await expect(client.depth(new Uint8Array([1]))).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
    });
  });

  it.each(['', 'ftp://x.example', 'http://user:secret@x.example', '/only/a/path'])(
    'refuses %j as an address',
    (baseUrl) => {
      expect(() => createDioramaClient({ baseUrl })).toThrowError(
        expect.objectContaining({ code: 'REQUEST_INVALID' }),
      );
    },
  );
});
