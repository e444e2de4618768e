import { DioramaError, isDioramaError } from '@diorama/core';
import { errorOfAbort } from '@diorama/runtime';
import { Agent } from 'undici';
import { lookUpPrivate } from './private-address.ts';

export interface ChannelRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface ChannelAnswer {
  readonly status: number;
  readonly contentType: string;
  /** Milliseconds, where it said when it wants to be asked again. */
  readonly retryAfterMs?: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ChannelOptions {
  readonly origin: string;
  readonly connections: number;
}

const CONNECT_TIMEOUT_MS = 3000;
/** Calls of more than about two minutes are cut off by what stands between, unless something passes now and then. */
const PROBE_AFTER_MS = 60_000;
const FIRST_BYTES = 65_536;

/** Connections to one origin, kept open between requests. Redirects are not followed, and nothing is tried again. */
export class HttpChannel {
  readonly #origin: string;
  readonly #agent: Agent;

  constructor({ origin, connections }: ChannelOptions) {
    this.#origin = origin;
    this.#agent = new Agent({
      connections,
      pipelining: 1,
      // The caller's signal is the only clock, and it always has an end.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: {
        timeout: CONNECT_TIMEOUT_MS,
        keepAlive: true,
        keepAliveInitialDelay: PROBE_AFTER_MS,
        ...(origin.startsWith('http:') ? { lookup: lookUpPrivate } : {}),
      },
    });
  }

  /**
   * Sends one request and reads the whole answer, of at most `maxBytes`.
   * @throws DioramaError the signal's reason, `PREDICTOR_UNAVAILABLE` for what never got there or broke off,
   * `MODEL_OUTPUT_INVALID` for an answer that is too long, `CONFIG_INVALID` for a name that leads out of one's network
   */
  async send(
    request: ChannelRequest,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<ChannelAnswer> {
    try {
      const { statusCode, headers, body } = await this.#agent.request({
        ...request,
        headers: { ...request.headers },
        origin: this.#origin,
        signal,
      });
      const announced = Number(one(headers['content-length']) ?? Number.NaN);
      if (announced > maxBytes) body.destroy();
      const bytes = announced > maxBytes ? undefined : await readAtMost(body, maxBytes, announced);
      if (bytes === undefined) throw tooLong(maxBytes);
      const retryAfterMs = millisecondsOf(one(headers['retry-after']));
      return {
        status: statusCode,
        contentType: one(headers['content-type']) ?? '',
        bytes,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      };
    } catch (error) {
      throw signal.aborted ? errorOfAbort(signal) : asUnavailable(error);
    }
  }

  /** Closes every connection; what is under way fails. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

async function readAtMost(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  announced: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  let bytes = new Uint8Array(announced >= 0 ? announced : Math.min(FIRST_BYTES, maxBytes));
  let length = 0;
  for await (const piece of body) {
    const needed = length + piece.length;
    // Leaving the loop ends the connection.
    if (needed > maxBytes) return undefined;
    if (needed > bytes.length) {
      const larger = new Uint8Array(Math.min(maxBytes, Math.max(needed, 2 * bytes.length)));
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    bytes.set(piece, length);
    length = needed;
  }
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

function tooLong(maxBytes: number): DioramaError {
  return new DioramaError(
    'MODEL_OUTPUT_INVALID',
    `The predictor answered more than the ${maxBytes} bytes that were allowed.`,
    { detail: { allowed: maxBytes } },
  );
}

/** Texts of network errors quote addresses; they go into the cause alone. */
function asUnavailable(cause: unknown): DioramaError {
  if (isDioramaError(cause)) return cause;
  return new DioramaError('PREDICTOR_UNAVAILABLE', 'The predictor could not be reached.', {
    cause,
  });
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/** Of a `Retry-After`, which may be a date; at most an hour. */
function millisecondsOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.min(3_600_000, Math.max(0, ms)) : undefined;
}
