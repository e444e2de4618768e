import { DioramaError } from '@diorama/core';
import { accessTokens, type Credentials, idTokens, NO_CREDENTIALS } from './google-credentials.ts';
import { type ChannelAnswer, HttpChannel } from './http-channel.ts';
import type { VertexAddress, WebAddress } from './place-address.ts';
import { refusalOfPlace } from './refusal-of-place.ts';
import { limitTime } from './time-limit.ts';

/** Which of an endpoint's ways in: `json` understands instances, `raw` the bytes of a picture. */
export type Verb = 'json' | 'raw';

export interface Sending {
  readonly verb: Verb;
  readonly contentType: string;
  readonly body: string | Uint8Array;
  /** Bytes that the answer may have. */
  readonly maxAnswerBytes: number;
}

/** Requests at once over one connection pool. */
const CONNECTIONS = 64;
/** The platform asks health every 10 s and waits as long; somebody who chooses between places does not. */
const HEALTH_TIMEOUT_MS = 5000;
const HEALTH_BYTES = 65_536;

/** Where one predictor is asked, with its connections and credentials. */
export class RemoteEndpoint {
  readonly address: VertexAddress | WebAddress;
  readonly #channel: HttpChannel;
  readonly #credentials: Credentials;
  readonly #closed = new AbortController();

  constructor(address: VertexAddress | WebAddress) {
    this.address = address;
    this.#channel = new HttpChannel({ origin: address.origin, connections: CONNECTIONS });
    this.#credentials = credentialsFor(address);
  }

  /** Aborts when the endpoint is closed. */
  get closed(): AbortSignal {
    return this.#closed.signal;
  }

  /** Sends one request, and a second one with new credentials where those were refused. @throws DioramaError as `Place` says */
  async post(
    { verb, contentType, body, maxAnswerBytes }: Sending,
    signal: AbortSignal,
  ): Promise<ChannelAnswer> {
    const path = pathOf(this.address, verb);
    const request = { method: 'POST', path, body } as const;
    const answer = await this.#send(
      request,
      { 'content-type': contentType },
      maxAnswerBytes,
      signal,
    );
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw refusalOfPlace(answer);
  }

  /** Asks whether it lives; absent where only pictures can tell. */
  get checkHealth(): ((signal: AbortSignal) => Promise<void>) | undefined {
    if (this.address.kind === 'vertex') return undefined;
    const { healthPath } = this.address;
    return async (signal) => {
      const limit = limitTime([signal, this.closed], HEALTH_TIMEOUT_MS, undefined);
      try {
        const request = { method: 'GET', path: healthPath } as const;
        const answer = await this.#send(request, {}, HEALTH_BYTES, limit.signal);
        if (answer.status !== 200) throw refusalOfPlace(answer);
      } finally {
        limit.end();
      }
    };
  }

  /** Ends every connection; what is under way is refused with `CANCELLED`. */
  async close(): Promise<void> {
    this.#closed.abort(new DioramaError('CANCELLED', 'The predictor was closed.'));
    await this.#channel.close();
  }

  async #send(
    request: Readonly<{ method: 'GET' | 'POST'; path: string; body?: string | Uint8Array }>,
    headers: Readonly<Record<string, string>>,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<ChannelAnswer> {
    const shown = await this.#credentials.headers(signal);
    const first = { ...request, headers: { ...headers, ...shown } };
    const answer = await this.#channel.send(first, maxBytes, signal);
    if (answer.status !== 401 || this.#credentials === NO_CREDENTIALS) return answer;
    this.#credentials.renew(shown);
    const anew = {
      ...request,
      headers: { ...headers, ...(await this.#credentials.headers(signal)) },
    };
    return this.#channel.send(anew, maxBytes, signal);
  }
}

function pathOf(address: VertexAddress | WebAddress, verb: Verb): string {
  if (address.kind !== 'vertex') return address.predictPath;
  return `${address.resource}${verb === 'json' ? ':predict' : ':rawPredict'}`;
}

function credentialsFor(address: VertexAddress | WebAddress): Credentials {
  if (address.kind === 'vertex') return accessTokens();
  return address.audience === undefined ? NO_CREDENTIALS : idTokens(address.audience);
}
