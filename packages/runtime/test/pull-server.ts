import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface SeenRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

export interface FileServer {
  /** `http://127.0.0.1:port` */
  readonly base: string;
  readonly requests: readonly SeenRequest[];
}

/** Answers a request; `count` is 1 for the first. */
export type Answer = (request: SeenRequest, response: ServerResponse, count: number) => void;

/** A server on loopback that is gone after the test. */
export async function serveFiles(answer: Answer): Promise<FileServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const seen = { url: request.url ?? '', headers: request.headers };
    requests.push(seen);
    response.on('error', () => undefined);
    answer(seen, response, requests.length);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

export interface FileAnswer {
  readonly etag?: string;
  readonly lastModified?: string;
  /** Answers 200 whatever range was asked for. */
  readonly withoutRange?: boolean;
  /** Ends the connection after so many bytes of the body. */
  readonly cutAfter?: number;
  /** Stays silent after so many bytes of the body. */
  readonly stallAfter?: number;
  /** Never says how long the file is. */
  readonly withoutLength?: boolean;
}

/** Answers with a file as a good server does, save for what `how` says. */
export function sendFile(
  { headers }: SeenRequest,
  response: ServerResponse,
  bytes: Uint8Array,
  how: FileAnswer = {},
): void {
  const { etag, lastModified, cutAfter, stallAfter } = how;
  const validator = headers['if-range'];
  const isSame = validator === undefined || validator === etag || validator === lastModified;
  const range = /^bytes=(\d+)-$/.exec(headers.range ?? '');
  const start = range && isSame && !how.withoutRange ? Number(range[1]) : 0;
  if (start >= bytes.byteLength && start > 0) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.byteLength}` }).end();
    return;
  }
  const body = bytes.subarray(start);
  response.writeHead(start > 0 ? 206 : 200, {
    ...(etag ? { etag } : {}),
    ...(lastModified ? { 'last-modified': lastModified } : {}),
    ...(how.withoutLength ? {} : { 'content-length': body.byteLength }),
    ...(start > 0
      ? { 'content-range': `bytes ${start}-${bytes.byteLength - 1}/${bytes.byteLength}` }
      : {}),
  });
  if (cutAfter !== undefined) {
    response.write(body.subarray(0, cutAfter), () => {
      // What is on its way should arrive before the end does.
      setTimeout(() => response.destroy(), 30);
    });
  } else if (stallAfter !== undefined) response.write(body.subarray(0, stallAfter));
  else response.end(body);
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A file that nobody has. */
export function newBytes(count = 300_000): Uint8Array {
  return randomBytes(count);
}
