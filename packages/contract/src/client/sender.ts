import { DioramaError, isDioramaError } from '@diorama/core';
import { MAX_DEADLINE_MS } from '../layers-request.ts';
import { type Call, errorOfCall, pause } from './call.ts';
import type { ClientOptions } from './client-options.ts';
import { readRefusal } from './refusal.ts';
import { isSentAgain, retryDelayMs } from './retry.ts';

/** What `fetch` takes as a body. */
export type RequestBody = NonNullable<RequestInit['body']>;

/** One request of a call. Its body can be sent again. */
export interface Outgoing {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Under the server's address, with a slash first. */
  readonly path: string;
  readonly query?: URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
}

export interface SendOptions<T> {
  readonly call: Call;
  /** Reads the answer; a failure in the midst of it is one of the request. */
  readonly read: (response: Response) => Promise<T>;
  /** How often at most; the client's own bound by default. */
  readonly maxAttempts?: number;
}

/** Sends a request until it is answered, refused for good, or the call is over. @throws DioramaError */
export type Send = <T>(request: Outgoing, options: SendOptions<T>) => Promise<T>;

/** What sends all requests of a client. @throws DioramaError `REQUEST_INVALID` for an address that is none */
export function createSender(client: ClientOptions): Send {
  const base = readBaseUrl(client.baseUrl);
  const key = client.apiKey === undefined ? {} : { 'x-api-key': client.apiKey };
  // Called without an owner, which browsers want.
  const fetchFrom = client.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args));

  async function sendOnce<T>(request: Outgoing, { call, read }: SendOptions<T>): Promise<T> {
    const { method, path, query, headers, body } = request;
    const url = new URL(path.slice(1), base);
    if (query !== undefined) url.search = query.toString();
    try {
      const response = await fetchFrom(url, {
        method,
        headers: { ...key, ...deadlineHeader(call), ...headers },
        signal: call.signal,
        // A photo goes to the server that was named and to no other.
        redirect: 'error',
        credentials: 'omit',
        ...(body === undefined ? {} : { body }),
      });
      if (!response.ok) throw await readRefusal(response);
      return await read(response);
    } catch (error) {
      if (call.signal.aborted) throw errorOfCall(call);
      if (isDioramaError(error)) throw error;
      const line = 'The server cannot be reached, or the connection broke off.';
      throw new DioramaError('SOURCE_UNAVAILABLE', line, { cause: error });
    }
  }

  return async (request, options) => {
    const { call, maxAttempts = client.maxAttempts ?? DEFAULT_MAX_ATTEMPTS } = options;
    for (let attempt = 1; ; attempt++) {
      if (call.signal.aborted) throw errorOfCall(call);
      try {
        return await sendOnce(request, options);
      } catch (error) {
        if (!isDioramaError(error) || !isSentAgain(error) || attempt >= maxAttempts) throw error;
        const delayMs = retryDelayMs(attempt, error, Math.random());
        // Whoever would wait in vain hears now what the server said.
        if (delayMs >= call.remainingMs()) throw error;
        await pause(delayMs, call);
      }
    }
  };
}

const DEFAULT_MAX_ATTEMPTS = 3;

function deadlineHeader(call: Call): Record<string, string> {
  const remainingMs = Math.floor(call.remainingMs());
  if (!Number.isFinite(remainingMs)) return {};
  return { 'x-deadline-ms': String(Math.min(MAX_DEADLINE_MS, Math.max(1, remainingMs))) };
}

function readBaseUrl(address: string | URL): URL {
  try {
    const { location } = globalThis as { readonly location?: { readonly href: string } }; // only in pages
    const url = new URL(address, location?.href);
    if (!/^https?:$/.test(url.protocol) || url.username + url.password !== '') throw invalidUrl();
    url.search = '';
    url.hash = '';
    if (!url.pathname.endsWith('/')) url.pathname += '/';
    return url;
  } catch (cause) {
    throw invalidUrl(cause);
  }
}

function invalidUrl(cause?: unknown): DioramaError {
  const line = 'baseUrl must be an http or https address without a user name.';
  return new DioramaError('REQUEST_INVALID', line, { cause });
}
