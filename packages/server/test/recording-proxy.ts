import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
  request as send,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** What went to a predictor. */
export interface Passed {
  readonly url: string;
  readonly contentType: string;
  readonly headers: string;
  readonly body: Buffer;
}

/** Stands before a predictor, keeps what goes there, and can answer as a platform whose predictor is starting. */
export interface RecordingProxy {
  readonly origin: string;
  readonly passed: Passed[];
  isStarting: boolean;
  readonly close: () => Promise<void>;
}

const STARTING = JSON.stringify({
  error: {
    code: 429,
    message: 'Model is not yet ready for inference.',
    status: 'RESOURCE_EXHAUSTED',
  },
});

/** Opens one before a port of loopback. */
export async function openRecordingProxy(port: number): Promise<RecordingProxy> {
  const passed: Passed[] = [];
  const proxy = { isStarting: false };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer); // without an encoding, pieces are buffers
    const body = Buffer.concat(pieces);
    const { url = '', method = '', headers, rawHeaders } = request;
    if (proxy.isStarting) {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '1' });
      response.end(STARTING);
      return;
    }
    if (method === 'POST') {
      const contentType = headers['content-type'] ?? '';
      passed.push({ url, contentType, headers: rawHeaders.join('\n'), body });
    }
    const onward = send({ host: '127.0.0.1', port, path: url, method, headers }, (found) => {
      response.writeHead(found.statusCode ?? 502, found.headers);
      found.pipe(response);
    });
    onward.on('error', () => response.destroy());
    onward.end(body);
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo; // it listens on a port
  return Object.assign(proxy, {
    origin: `http://127.0.0.1:${own}`,
    passed,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
