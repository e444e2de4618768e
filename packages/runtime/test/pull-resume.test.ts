import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelCardSchema } from '@diorama/contract';
import { listModelCards, loadModelFile, pullModel } from '@diorama/runtime';
import { expect, test } from 'vitest';
import { cardOfFile, fetchableCard, filesOf, modelsFolder, refusalOf, SHORT } from './pull-card.ts';
import { newBytes, sendFile, serveFiles, sha256Of } from './pull-server.ts';

const bytes = newBytes();
const card = cardOfFile(bytes);
const HALF = bytes.byteLength / 2;

test('a pulled model is there with a card of its own, and is not fetched again', async () => {
  const folder = await modelsFolder();
  const server = await serveFiles((request, response) => sendFile(request, response, bytes));
  const told: number[] = [];
  const options = { folder, mirror: `${server.base}/models/`, times: SHORT };

  const onProgress = ({ received }: { received: number }) => told.push(received);
  const first = await pullModel(card, { ...options, onProgress });
  const second = await pullModel(card, options);

  expect([first.wasThere, second.wasThere, first.pinned]).toEqual([false, true, 'published']);
  expect(server.requests.map(({ url }) => url)).toEqual(['/models/tiny.onnx']);
  const sha256 = sha256Of(bytes);
  expect(await filesOf(folder)).toEqual([`${sha256}.onnx`, 'card.json'].sort());
  const stored = JSON.parse(await readFile(join(folder, 'tiny/card.json'), 'utf8'));
  expect(modelCardSchema.parse(stored)).toMatchObject({
    id: 'tiny',
    version: `1+${sha256.slice(0, 8)}`,
    bytes: bytes.byteLength,
    sha256,
    sources: [
      { kind: 'file', path: `${sha256}.onnx` },
      { kind: 'https', url: 'https://models.invalid/tiny.onnx' },
    ],
  });
  const listed = (await listModelCards(folder)).find(({ id }) => id === 'tiny');
  expect(listed).toEqual(first.card);
  expect(Buffer.compare(await loadModelFile(first.card), bytes)).toBe(0);
  expect(told.at(-1)).toBe(bytes.byteLength);
});

test.each([
  { name: 'a strong ETag', how: { etag: '"one"' }, ifRange: '"one"' },
  {
    name: 'a date',
    how: { lastModified: 'Mon, 01 Jan 2024 00:00:00 GMT', etag: 'W/"weak"' },
    ifRange: 'Mon, 01 Jan 2024 00:00:00 GMT',
  },
  { name: 'nothing but the known hash', how: {}, ifRange: undefined },
])('after a cut connection the rest is fetched by $name', async ({ how, ifRange }) => {
  const folder = await modelsFolder();
  const server = await serveFiles((request, response, count) =>
    sendFile(request, response, bytes, count === 1 ? { ...how, cutAfter: HALF } : how),
  );

  const pulled = await pullModel(card, { folder, mirror: server.base, times: SHORT });

  expect(pulled.card.sha256).toBe(sha256Of(bytes));
  expect(server.requests).toHaveLength(2);
  expect(server.requests[1]?.headers).toMatchObject({ range: `bytes=${HALF}-` });
  expect(server.requests[1]?.headers['if-range']).toBe(ifRange);
});

test('a pull that is stopped keeps what arrived, and the next one goes on from there', async () => {
  const folder = await modelsFolder();
  const server = await serveFiles((request, response, count) =>
    sendFile(request, response, bytes, {
      etag: '"one"',
      ...(count === 1 ? { stallAfter: HALF } : {}),
    }),
  );
  const stop = new AbortController();
  const onProgress = ({ received }: { received: number }) => {
    if (received === HALF) stop.abort();
  };
  const options = { folder, mirror: server.base };

  const start = performance.now();
  const refusal = refusalOf(pullModel(card, { ...options, signal: stop.signal, onProgress }));
  expect(await refusal).toMatch(/^CANCELLED /);
  expect(performance.now() - start).toBeLessThan(3000);
  expect((await filesOf(folder)).filter((name) => !name.startsWith('.part-'))).toEqual([]);
  await pullModel(card, options);

  expect(server.requests[1]?.headers.range).toBe(`bytes=${HALF}-`);
  expect(await filesOf(folder)).toHaveLength(2);
});

test('a file that changed in between is fetched from its start', async () => {
  const older = newBytes();
  // Nobody knows its hash, so that nothing else would tell.
  const unknown = fetchableCard({
    sources: [{ kind: 'https', url: 'https://models.invalid/tiny.onnx' }],
  });
  // One server sees that the file is another, others send the wrong rest, or have none.
  for (const lie of ['none', 'rest', 'no-rest', 'other-place']) {
    const folder = await modelsFolder();
    const server = await serveFiles((request, response, count) => {
      if (count === 1) sendFile(request, response, older, { etag: '"old"', cutAfter: HALF });
      else if (request.headers.range && lie === 'rest') {
        const { 'if-range': _, ...headers } = request.headers;
        sendFile({ ...request, headers }, response, bytes, { etag: '"new"' });
      } else if (request.headers.range && lie === 'other-place') {
        const range = `bytes 7-${bytes.byteLength - 1}/${bytes.byteLength}`;
        response.writeHead(206, { etag: '"old"', 'content-range': range }).end(bytes.subarray(7));
      } else if (request.headers.range && lie === 'no-rest') response.writeHead(416).end();
      else sendFile(request, response, bytes, { etag: '"new"' });
    });

    const pulled = await pullModel(unknown, { folder, mirror: server.base, times: SHORT });

    expect(pulled.card.sha256, lie).toBe(sha256Of(bytes));
    expect(server.requests[1]?.headers['if-range'], lie).toBe('"old"');
    expect(server.requests, lie).toHaveLength(lie === 'none' ? 2 : 3);
  }
});

test('two ends that do not belong together are found by the hash, and the file is fetched anew', async () => {
  const folder = await modelsFolder();
  const older = newBytes();
  const server = await serveFiles((request, response, count) =>
    sendFile(request, response, count === 1 ? older : bytes, count === 1 ? { cutAfter: HALF } : {}),
  );

  await pullModel(card, { folder, mirror: server.base, times: SHORT });

  expect(server.requests.map(({ headers }) => headers.range)).toEqual([
    undefined,
    `bytes=${HALF}-`,
    undefined,
  ]);
});

test('a server that knows no ranges is asked from the start, and what was here is replaced', async () => {
  const folder = await modelsFolder();
  const server = await serveFiles((request, response, count) =>
    sendFile(request, response, bytes, {
      etag: '"one"',
      withoutRange: true,
      ...(count < 3 ? { cutAfter: HALF } : {}),
    }),
  );

  const { card: stored } = await pullModel(card, { folder, mirror: server.base, times: SHORT });

  expect(Buffer.compare(await loadModelFile(stored), bytes)).toBe(0);
  expect(server.requests).toHaveLength(3);
});

test('a connection that is cut again and again still gets there, as long as something comes', async () => {
  const folder = await modelsFolder();
  const server = await serveFiles((request, response) =>
    sendFile(request, response, bytes, { etag: '"one"', cutAfter: 30_000 }),
  );

  await pullModel(card, { folder, mirror: server.base, times: SHORT });

  expect(server.requests.length).toBeGreaterThanOrEqual(10);
});
