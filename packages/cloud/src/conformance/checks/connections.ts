import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectSecure } from 'node:tls';
import type { Check, CheckContext } from '../check.ts';
import { expectThat } from '../expectations.ts';
import { imageInstance, provePrediction } from '../planes.ts';
import { proveAll } from './crowd.ts';

/** Headers that a container has no reason to send. */
const PRIVATE_HEADERS = ['set-cookie', 'x-powered-by', 'x-aspnet-version'];
const SLOW_UPLOADS = 20;
const SLOW_UPLOAD_WAIT_MS = 10_000;
const ABORTED_UPLOADS = 20;
/** What is sent beyond what may be. */
const BEYOND_BYTES = 1024;
const ANSWER_TIMEOUT_MS = 60_000;

/** How it behaves towards connections, good and bad ones. */
export const CONNECTION_CHECKS: readonly Check[] = [
  {
    id: 'keep-alive',
    says: 'a connection can be used again',
    run: async ({ probe }) => {
      const alone = probe.alone();
      try {
        const call = { method: 'GET', path: probe.target.healthPath };
        await alone.ask(call);
        expectThat((await alone.ask(call)).isReused, 'the connection was closed after an answer');
      } finally {
        alone.close();
      }
    },
  },
  {
    id: 'no-private-headers',
    says: 'no answer sets a cookie or says what it runs on',
    run: async ({ probe }) => {
      const answers = [
        await probe.ask({ method: 'GET', path: probe.target.healthPath }),
        await probe.ask({ method: 'GET', path: '/no-such-route' }),
        await probe.postJson({ instances: [{ describe: true }] }),
      ];
      for (const { headers } of answers) {
        const found = PRIVATE_HEADERS.find((name) => headers[name] !== undefined);
        expectThat(found === undefined, `sends ${found}`);
        const server = headers['server'];
        expectThat(!/\d/.test(String(server ?? '')), 'says its version in Server');
      }
    },
  },
  {
    id: 'concurrent',
    says: 'many requests at once are all answered, each with its own prediction',
    sends: 'pictures',
    run: proveAll,
  },
  {
    id: 'slow-upload',
    says: 'uploads that trickle in hold up no other request',
    sends: 'pictures',
    run: async (context) => {
      const sockets = Array.from({ length: SLOW_UPLOADS }, () => openUpload(context, 100_000));
      const trickle = setInterval(() => {
        for (const socket of sockets) socket.write('x');
      }, 50);
      try {
        await sleep(200);
        const late = sleep(SLOW_UPLOAD_WAIT_MS, 'late' as const, { ref: false });
        const first = await Promise.race([proveOne(context), late]);
        expectThat(first !== 'late', `a picture waited ${SLOW_UPLOAD_WAIT_MS} ms for them`);
      } finally {
        clearInterval(trickle);
        for (const socket of sockets) socket.destroy();
      }
    },
  },
  {
    id: 'aborted-upload',
    says: 'callers who leave in the middle of an upload or of their wait harm nobody',
    sends: 'open',
    run: async (context) => {
      const [jpeg = new Uint8Array()] = context.pictures.scenes;
      for (let n = 0; n < ABORTED_UPLOADS; n++) {
        // Every other one has sent all of it and leaves while its picture is in work.
        const isWhole = n % 2 === 0;
        const socket = openUpload(context, jpeg.length, 'image/jpeg');
        socket.write(isWhole ? jpeg : jpeg.subarray(0, jpeg.length / 2));
        await sleep(isWhole ? 15 : 2);
        socket.destroy();
      }
      await proveOne(context);
    },
  },
  {
    id: 'huge-body',
    says: 'a body larger than it takes is refused, and it lives on',
    run: async (context) => {
      const { probe } = context;
      const { maxBodyBytes } = await probe.describe();
      const bytes = maxBodyBytes + BEYOND_BYTES;
      const socket = openUpload(context, bytes);
      const answered = statusOf(socket);
      // Some refuse by what is announced, others once they have read too much.
      await sendBlank(socket, bytes);
      const status = await answered;
      expectThat(status === 413 || status === 400, `${status || 'no answer'} to a body too large`);
      await probe.describe();
      const health = await probe.ask({ method: 'GET', path: probe.target.healthPath });
      expectThat(health.status === 200, 'health fails after a body too large');
      return `${maxBodyBytes} bytes`;
    },
  },
];

async function proveOne({ probe, pictures }: CheckContext): Promise<void> {
  const [jpeg = new Uint8Array()] = pictures.scenes;
  const [prediction] = await probe.predict([imageInstance(jpeg)]);
  await provePrediction(probe, prediction);
}

/** A predict request whose head is sent, and whose body is still to come. */
function openUpload({ probe }: CheckContext, bytes: number, type = 'application/json'): Socket {
  const { origin, predictPath } = probe.target;
  const { hostname, port, protocol, host } = new URL(origin);
  const socket =
    protocol === 'https:'
      ? connectSecure({ host: hostname, servername: hostname, port: Number(port || 443) })
      : connect({ host: hostname, port: Number(port || 80) });
  // Who is left alone with half a request may close; that is no fault of either.
  socket.on('error', () => socket.destroy());
  socket.write(
    `POST ${predictPath} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: ${type}\r\ncontent-length: ${bytes}\r\n\r\n`,
  );
  return socket;
}

/** Sends so many spaces, no faster than they are taken, until there is an answer or the connection ends. */
async function sendBlank(socket: Socket, bytes: number): Promise<void> {
  const piece = Buffer.alloc(256 * 1024, ' ');
  for (let sent = 0; sent < bytes && !socket.destroyed; sent += piece.length) {
    const isTaken = socket.write(piece.subarray(0, bytes - sent));
    // Whoever answers and reads no more leaves the rest of it waiting.
    if (!isTaken) await roomIn(socket);
  }
}

/** Settles when a socket takes bytes again, or never will. */
function roomIn(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      socket.off('drain', end).off('close', end);
      resolve();
    };
    socket.on('drain', end).on('close', end);
  });
}

/** The status of the answer on a connection; 0 where it closes, or a minute passes, without one. */
function statusOf(socket: Socket): Promise<number> {
  return new Promise((resolve) => {
    const end = (status: number) => {
      clearTimeout(timer);
      resolve(status);
      socket.destroy();
    };
    const timer = setTimeout(() => end(0), ANSWER_TIMEOUT_MS);
    let said = '';
    socket.on('data', (piece) => {
      said += piece.toString('latin1');
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(said)?.[1];
      if (status !== undefined && status !== '100') end(Number(status));
    });
    socket.on('close', () => end(0));
  });
}
