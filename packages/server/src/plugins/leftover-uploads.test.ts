import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type FastifyReply, fastify } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { addLeftoverUploads, type LeftoverBounds } from './leftover-uploads.ts';

const open: { readonly close: () => unknown }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** A connection to a server that refuses every upload before it comes. */
async function connectTo(bounds: LeftoverBounds) {
  const app = fastify();
  open.push(app);
  addLeftoverUploads(app, bounds);
  const onRequest = async (_request: unknown, reply: FastifyReply) => reply.code(429).send('no');
  app.post('/', { onRequest }, async () => '');
  app.get('/', async () => 'well');
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  open.push({ close: () => socket.destroy() });
  socket.on('error', () => undefined);
  return socket;
}

/** Begins an upload of so many bytes, and reads that it is refused. */
async function beginUpload(socket: Socket, bytes: number) {
  const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\n';
  socket.write(`${head}Content-Length: ${bytes}\r\n\r\n`);
  expect(await textFrom(socket)).toContain('429');
}

/** `once` would take a reset for a failure of the test. */
function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

async function textFrom(socket: Socket): Promise<string> {
  const [chunk]: unknown[] = await once(socket, 'data');
  return String(chunk);
}

describe('a sender who was refused', () => {
  it('is cut off when it sends too much', async () => {
    const socket = await connectTo({ mostBytes: 10_000_000, longestMs: 600_000 });
    await beginUpload(socket, 1e12);
    const closed = closeOf(socket);
    const piece = Buffer.alloc(100_000);
    let sent = 0;
    const send = () => {
      while (!socket.destroyed && socket.write(piece)) sent += piece.length;
    };
    socket.on('drain', send);
    send();
    await closed;
    expect(sent).toBeGreaterThan(0);
  });

  it('is cut off when it takes too long', async () => {
    const socket = await connectTo({ longestMs: 200 });
    await beginUpload(socket, 1e12);
    const closed = closeOf(socket);
    const trickle = setInterval(() => socket.write('x'), 10);
    await closed;
    clearInterval(trickle);
  });

  it('may send the rest, and use the connection again', async () => {
    const socket = await connectTo({ longestMs: 200 });
    await beginUpload(socket, 6);
    socket.write('abcdef');
    // Longer than it might have taken over the rest.
    await new Promise((resolve) => setTimeout(resolve, 500));
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await textFrom(socket)).toContain('well');
  });
});
