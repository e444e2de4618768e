import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { problemDocumentSchema } from '@diorama/contract';
import { makeBombPng } from '@diorama/fixtures';
import { buildApp, loadConfig } from '@diorama/server';
import { afterEach, describe, expect, it } from 'vitest';
import { sampleOf } from './prometheus-text.ts';
import { answerOf, makeSlowDiorama } from './slow-diorama.ts';

const PHOTO = makeBombPng(100, 100);
/** What Fastify by itself lets a hook take, and more. */
const LONGER_THAN_A_HOOK_MS = 11_000;
const open: { readonly close: () => unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** A server on a free port whose engine does one photo at a time, as a test says. */
async function listen(env: Record<string, string> = {}) {
  const engine = await makeSlowDiorama();
  const config = loadConfig({ PORT: '0', DIORAMA_LOG_LEVEL: 'silent', ...env });
  const app = buildApp(config, { diorama: engine.diorama });
  open.push({
    close: async () => {
      app.server.closeAllConnections();
      await app.close();
    },
  });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const port = Number(new URL(address).port);
  const post = (headers: Record<string, string> = {}, query = '') =>
    fetch(`${address}/v1/matte${query}`, {
      method: 'POST',
      headers: { 'content-type': 'image/png', ...headers },
      body: PHOTO,
    });
  const dial = () => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    open.push({ close: () => socket.destroy() });
    return socket;
  };
  const heldBytes = async () =>
    sampleOf(await (await fetch(`${address}/metrics`)).text(), 'diorama_held_bytes');
  return { app, engine, address, post, dial, heldBytes };
}

async function problemIn(answer: Response) {
  return problemDocumentSchema.parse(await answer.json());
}

async function untilTrue(isSo: () => boolean | Promise<boolean>) {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}

const HEAD = 'POST /v1/matte HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n';

async function textFrom(socket: Socket): Promise<string> {
  const [chunk]: unknown[] = await once(socket, 'data');
  return String(chunk);
}

describe('a full server', () => {
  it('refuses before the photo is sent, and the connection can be used again', async () => {
    const { engine, post, dial } = await listen({ DIORAMA_MAX_QUEUED: '0' });
    const first = post();
    const work = await engine.nextWork();
    const socket = dial();
    socket.write(`${HEAD}Content-Length: 300000\r\n\r\n`);
    const refusal = await textFrom(socket);
    expect(refusal).toContain('429');
    expect(refusal).toMatch(/retry-after: \d+\r\n/);
    expect(refusal).not.toMatch(/connection: close/i);
    socket.write(Buffer.alloc(300_000));
    socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await textFrom(socket)).toContain('HTTP/1.1 200');
    work.answer(answerOf(1));
    expect((await first).status).toBe(200);
  });

  it('says where the photo would stand, what bound it met, and when to come back', async () => {
    const { engine, post } = await listen({ DIORAMA_MAX_QUEUED: '1' });
    const accepted = [post()];
    const work = await engine.nextWork();
    accepted.push(post());
    let answer: Response;
    do answer = await post();
    while (answer.status !== 429);
    const { limits, detail } = await problemIn(answer);
    expect(limits).toMatchObject({ bound: 'count', queuePosition: 1, waiting: 1 });
    expect(limits?.['retryAfterSeconds']).toBe(Number(answer.headers.get('retry-after')));
    expect(detail).toContain('As many photos wait as may.');
    work.answer(answerOf(1));
    (await engine.nextWork()).answer(answerOf(1));
    for (const one of accepted) expect((await one).status).toBe(200);
  });

  it('spares a photo whose sender asked first', async () => {
    const { engine, post, dial } = await listen({ DIORAMA_MAX_QUEUED: '0' });
    const asking = `${HEAD}Expect: 100-continue\r\nContent-Length: 3\r\n\r\n`;
    const first = dial();
    first.write(asking);
    expect(await textFrom(first)).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    first.write('abc');
    const work = await engine.nextWork();
    const second = dial();
    second.write(asking);
    expect(await textFrom(second)).toContain('HTTP/1.1 429');
    work.answer(answerOf(1));
    expect(await textFrom(first)).toContain('HTTP/1.1 200');
    const third = post();
    (await engine.nextWork()).answer(answerOf(1));
    expect((await third).status).toBe(200);
  });
});

describe('a deadline', () => {
  it.each(['0', '-1', 'soon', '1e3', '3600001', ''])(
    'cannot be "%s" in its header',
    async (text) => {
      const { post } = await listen();
      const answer = await post({ 'x-deadline-ms': text });
      expect(await problemIn(answer)).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    },
  );

  it.each([
    [{ 'x-deadline-ms': '150' }, '?deadlineMs=60000'],
    [{ 'x-deadline-ms': '60000' }, '?deadlineMs=150'],
    [{}, '?deadlineMs=150'],
  ])('is the earliest of header, query and setting: %o%s', async (headers, query) => {
    const { engine, post } = await listen();
    const answer = await post(headers as Record<string, string>, query);
    const { code, detail } = await problemIn(answer);
    expect({ code, detail }).toEqual({
      code: 'DEADLINE_EXCEEDED',
      detail: 'The answer was not ready within 0.15 s.',
    });
    expect((await engine.nextWork()).signal.aborted).toBe(true);
  });

  it('takes a waiting photo out, without touching the engine', async () => {
    const { engine, post } = await listen();
    const first = post();
    const work = await engine.nextWork();
    // Small photos are held to take less: it is let in.
    const late = await post({ 'x-deadline-ms': '1500' });
    expect((await problemIn(late)).code).toBe('DEADLINE_EXCEEDED');
    work.answer(answerOf(1));
    expect((await first).status).toBe(200);
    expect(engine.untouched()).toBe(0);
  });

  it('counts the upload, which may trickle in', async () => {
    const { dial, engine, heldBytes } = await listen();
    for (const type of ['image/png', 'multipart/form-data; boundary=x']) {
      const socket = dial();
      const head = HEAD.replace('image/png', type);
      socket.write(`${head}X-Deadline-Ms: 300\r\nContent-Length: 100000\r\n\r\n`);
      const trickle = setInterval(() => socket.write('x'), 20);
      const answer = await textFrom(socket);
      clearInterval(trickle);
      expect(answer).toContain('DEADLINE_EXCEEDED');
    }
    expect(engine.untouched()).toBe(0);
    expect(await heldBytes()).toBe(0);
  });
});

describe('a caller who does not read its answer', () => {
  it('is cut off, and the memory is free again', async () => {
    const { engine, dial, heldBytes } = await listen({ DIORAMA_SEND_TIMEOUT_MS: '300' });
    const answerBytes = 64_000_000;
    const socket = dial();
    socket.pause();
    socket.write(`${HEAD}Content-Length: 3\r\n\r\nabc`);
    (await engine.nextWork()).answer(answerOf(answerBytes));
    await once(socket, 'readable');
    expect(await heldBytes()).toBe(answerBytes);
    await untilTrue(async () => (await heldBytes()) === 0);
    let received = 0;
    socket.on('data', (chunk) => {
      received += chunk.length;
    });
    await new Promise((resolve) => socket.once('close', resolve));
    expect(received).toBeLessThan(answerBytes);
  });
});

describe('a server that is told to end', () => {
  it('finishes what it accepted, and tells whoever comes meanwhile', async () => {
    const { app, engine, address, post, dial, heldBytes } = await listen();
    const accepted = [post(), post()];
    const work = await engine.nextWork();
    const uploading = dial();
    uploading.write(`${HEAD}Content-Length: 3\r\n\r\n`);
    await untilTrue(async () => (await heldBytes()) === 2 * PHOTO.length + 3);
    const closed = app.close();
    await untilTrue(async () => (await fetch(`${address}/readyz`)).status === 503);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    const late = await post();
    expect(late.headers.get('retry-after')).toBe('1');
    expect(await problemIn(late)).toMatchObject({ status: 503, code: 'NOT_READY' });
    uploading.write('abc');
    work.answer(answerOf(1));
    (await engine.nextWork()).answer(answerOf(1));
    (await engine.nextWork()).answer(answerOf(1));
    for (const one of accepted) expect((await one).status).toBe(200);
    expect(await textFrom(uploading)).toContain('HTTP/1.1 200');
    await closed;
  });

  it('waits for photos longer than hooks may take by themselves', async () => {
    const { app, engine, post } = await listen({ DIORAMA_DRAIN_MS: '60000' });
    const accepted = post();
    const work = await engine.nextWork();
    const closed = app.close();
    await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_A_HOOK_MS));
    work.answer(answerOf(1));
    expect((await accepted).status).toBe(200);
    await closed;
  });

  it('ends what is not done in time, and says that it can be sent again', async () => {
    const { app, engine, post, heldBytes } = await listen({ DIORAMA_DRAIN_MS: '200' });
    const accepted = [post(), post()];
    const work = await engine.nextWork();
    await untilTrue(async () => (await heldBytes()) === 2 * PHOTO.length);
    await app.close();
    for (const one of accepted) {
      const { code, status, retryable } = await problemIn(await one);
      expect({ code, status, retryable }).toEqual({
        code: 'NOT_READY',
        status: 503,
        retryable: true,
      });
    }
    expect(work.signal.reason).toMatchObject({ code: 'NOT_READY' });
  });
});
