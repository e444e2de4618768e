import { type Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { unmet } from './expectations.ts';

/** One request, as bytes. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: Uint8Array | string;
  /** From the first byte to the last; 60 seconds by default. */
  readonly timeoutMs?: number;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  /** Without its parameters, in lower case. */
  readonly type: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly text: () => string;
  readonly elapsedMs: number;
  /** Whether the connection had been used before. */
  readonly isReused: boolean;
}

const TIMEOUT_MS = 60_000;

/** Makes one request. @throws DioramaError `MODEL_OUTPUT_INVALID` where no whole answer comes in time */
export function callOnce(origin: string, agent: Agent, call: Call): Promise<Answer> {
  const { method, path, headers = {}, body, timeoutMs = TIMEOUT_MS } = call;
  const request = origin.startsWith('https:') ? httpsRequest : httpRequest;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const length = bytes === undefined ? {} : { 'content-length': bytes.length };
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, origin), {
      method,
      agent,
      headers: { ...length, ...headers },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const fail = (error: Error) =>
      reject(
        unmet(
          error.name === 'AbortError'
            ? `no answer within ${timeoutMs} ms`
            : `the connection broke (${(error as NodeJS.ErrnoException).code ?? 'no answer'})`, // errors of sockets have one
        ),
      );
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      const pieces: Buffer[] = [];
      incoming.on('data', (piece: Buffer) => pieces.push(piece));
      incoming.on('error', fail);
      incoming.on('end', () => {
        const whole = new Uint8Array(Buffer.concat(pieces));
        resolve({
          status: incoming.statusCode ?? 0,
          type: (incoming.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
          headers: incoming.headers,
          body: whole,
          text: () => Buffer.from(whole.buffer).toString('utf8'),
          elapsedMs: performance.now() - startedAt,
          isReused: outgoing.reusedSocket,
        });
      });
    });
    outgoing.end(bytes);
  });
}
