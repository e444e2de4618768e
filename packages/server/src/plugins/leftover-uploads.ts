import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const LONGEST_MS = 10_000;
const MOST_BYTES = 64 * 2 ** 20;
/** How often it is looked. What is dropped passes through the HTTP parser, which counts nothing. */
const LOOK_MS = 100;

export interface LeftoverBounds {
  /** How long the rest of an upload is read and dropped before the connection is cut. */
  readonly longestMs?: number;
  /** How much of it. */
  readonly mostBytes?: number;
}

const answered = new WeakMap<Socket, IncomingMessage>();

/** Whether a request on this socket has its answer already, though not all of it has come. */
export function isAnsweredEarly(socket: Socket): boolean {
  return answered.get(socket)?.complete === false;
}

/**
 * Bounds what is read of a request whose answer is out before all of its upload has come. Senders in the midst of it have
 * to get to the end before some of them read why; Node reads and drops it meanwhile, and the connection stays usable.
 */
export function addLeftoverUploads(app: FastifyInstance, bounds: LeftoverBounds = {}): void {
  const { longestMs = LONGEST_MS, mostBytes = MOST_BYTES } = bounds;
  app.addHook('onResponse', async ({ raw }) => {
    const { socket } = raw;
    // A request that was injected has something like a socket, and one that broke off has none any more.
    if (raw.complete || !(socket instanceof Socket) || socket.destroyed) return;
    answered.set(socket, raw);
    const sinceMs = performance.now();
    const bytesBefore = socket.bytesRead;
    const look = setInterval(() => {
      const isOver =
        performance.now() - sinceMs > longestMs || socket.bytesRead - bytesBefore > mostBytes;
      if (isOver) socket.destroy();
      if (isOver || raw.complete || socket.destroyed) clearInterval(look);
    }, LOOK_MS);
    look.unref();
  });
}
