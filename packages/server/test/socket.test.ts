import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { problemDocumentSchema } from '@diorama/contract';
import { buildApp, loadConfig } from '@diorama/server';
import { afterEach, describe, expect, it } from 'vitest';
import { hangForever, makeFaultyDiorama } from './faulty-diorama.ts';
import { LogLines } from './log-lines.ts';

const open: ReturnType<typeof buildApp>[] = [];

afterEach(async () => {
  for (const app of open.splice(0)) {
    app.server.closeAllConnections();
    await app.close();
  }
});

/** A server on a free port whose engine hangs. */
async function listen(env: Record<string, string> = {}) {
  const hanging = hangForever();
  const lines = new LogLines();
  const config = loadConfig({ PORT: '0', DIORAMA_LOG_LEVEL: 'info', ...env });
  const diorama = await makeFaultyDiorama(hanging.layers);
  const app = buildApp(config, { diorama, logStream: lines });
  open.push(app);
  const address = await app.listen({ port: 0, host: config.host });
  return { app, address, port: Number(new URL(address).port), hanging, lines };
}

/** Sends raw text on a socket and reads until the server closes it. */
async function exchange(port: number, text: string): Promise<{ head: string; body: string }> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk.toString('latin1');
  });
  socket.write(text);
  await once(socket, 'close');
  const [head = '', body = ''] = received.split('\r\n\r\n');
  return { head, body };
}

describe('a caller who goes away', () => {
  it('has its work aborted, and is logged as such', async () => {
    const { address, hanging, lines } = await listen();
    const call = request(`${address}/v1/layers`, {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
    });
    call.on('error', () => undefined);
    call.end('photo');
    await hanging.begun;
    call.destroy();
    expect(await hanging.aborted).toMatchObject({ code: 'CANCELLED' });
    const [line] = await lines.read(1);
    expect(line).toMatchObject({ status: 499, code: 'CANCELLED', route: '/v1/layers' });
  });

  it('does no harm in the middle of an upload, bare or in a form', async () => {
    const { address, lines } = await listen();
    const types = ['image/jpeg', 'multipart/form-data; boundary=x'];
    for (const type of types) {
      const call = request(`${address}/v1/layers`, {
        method: 'POST',
        headers: { 'content-type': type, 'content-length': '100000' },
      });
      call.on('error', () => undefined);
      call.write('--x\r\nContent-Disposition: form-data; name="image"; filename="x"\r\n\r\nabc');
      await once(call, 'socket');
      await new Promise((resolve) => setTimeout(resolve, 50));
      call.destroy();
    }
    expect(await lines.read(2)).toMatchObject([{ status: 499 }, { status: 499 }]);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
  });
});

describe('a connection that is kept', () => {
  it('is closed by a balancer before it, not by the server', async () => {
    const { address } = await listen();
    const answer = await fetch(`${address}/healthz`);
    expect(answer.headers.get('keep-alive')).toBe('timeout=620');
  });
});

describe('what reads the answer before it has sent all', () => {
  it('gets to read why a photo is too large, on a connection that stays usable', async () => {
    const { address } = await listen({ DIORAMA_MAX_BYTES: '1000' });
    const large = new Uint8Array(5_000_000);
    for (const body of [large, new Blob([large]).stream()]) {
      const answer = await fetch(`${address}/v1/depth`, {
        method: 'POST',
        headers: { 'content-type': 'image/png' },
        body,
        duplex: 'half',
      } as RequestInit);
      expect(answer.status).toBe(413);
      const problem = problemDocumentSchema.parse(await answer.json());
      expect(problem.code).toBe('PHOTO_TOO_MANY_BYTES');
    }
  });
});

describe('many uploads at once', () => {
  it('refuses the one that the memory has no room for, before it is sent', async () => {
    const maxBytes = 1_000_000;
    const { address, port } = await listen({ DIORAMA_MAX_BYTES: String(maxBytes) });
    const head = `POST /v1/layers HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: ${maxBytes}\r\n\r\n`;
    const sockets = Array.from({ length: 8 }, () => connect(port, '127.0.0.1'));
    for (const socket of sockets) socket.write(head);
    let answer: Response;
    do {
      answer = await fetch(`${address}/v1/layers`, {
        method: 'POST',
        headers: { 'content-type': 'image/png' },
        body: new Uint8Array(maxBytes),
        signal: AbortSignal.timeout(20_000),
      });
    } while (answer.status !== 429);
    expect(problemDocumentSchema.parse(await answer.json()).code).toBe('QUEUE_FULL');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    for (const socket of sockets) socket.destroy();
  });
});

describe('uploads one after the other', () => {
  it('leave the room that they took', async () => {
    const { address } = await listen({
      DIORAMA_MAX_BYTES: '1000',
      DIORAMA_REQUEST_TIMEOUT_MS: '100',
    });
    for (let upload = 0; upload < 10; upload += 1) {
      const body = new Blob([new Uint8Array(1000)]).stream();
      const headers = { 'content-type': 'image/png' };
      const options = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
      expect((await fetch(`${address}/v1/depth`, options)).status).toBe(504);
    }
  });
});

describe('what is not HTTP', () => {
  it('gets a problem, and the socket closed', async () => {
    const { port } = await listen();
    const { head, body } = await exchange(port, 'photo please\r\n\r\n');
    expect(head).toContain('HTTP/1.1 400');
    expect(head).toContain('content-type: application/problem+json');
    expect(problemDocumentSchema.parse(JSON.parse(body)).code).toBe('REQUEST_INVALID');
  });

  it('gets a problem for headers without end', async () => {
    const { port } = await listen();
    const { body } = await exchange(port, `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n`);
    expect(problemDocumentSchema.parse(JSON.parse(body)).code).toBe('REQUEST_INVALID');
  });

  it('gets a problem for a photo that does not arrive in time', async () => {
    const { port } = await listen({ DIORAMA_REQUEST_TIMEOUT_MS: '200' });
    const head = 'POST /v1/layers HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n';
    const { body } = await exchange(port, `${head}Content-Length: 1000\r\n\r\nabc`);
    expect(problemDocumentSchema.parse(JSON.parse(body)).code).toBe('DEADLINE_EXCEEDED');
  });
});

describe('closing', () => {
  it('refuses what is new as not ready, and lets open requests end', async () => {
    const { app, address, port, hanging } = await listen({ DIORAMA_REQUEST_TIMEOUT_MS: '1500' });
    const answer = fetch(`${address}/v1/layers`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: 'photo',
    });
    await hanging.begun;
    // A connection that is in use when the server begins to close may still bring requests.
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /v1/layers HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n');
    await once(socket, 'connect');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = app.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.write('Content-Length: 5\r\n\r\nphoto');
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    expect(chunk.toString()).toContain('"code":"NOT_READY"');
    expect(chunk.toString().toLowerCase()).toContain('retry-after: 1');
    expect((await answer).status).toBe(504);
    await closed;
  });
});
