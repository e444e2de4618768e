import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { KEEP_ALIVE_MS } from '../keep-alive.ts';

// What is imported here is loaded before the port is open, and the platform restarts a container whose port is not.

const MAX_HEADER_BYTES = 16_384;
const HEADERS_TIMEOUT_MS = 15_000;
/** How long connections may take to end once everything is answered. */
const FAREWELL_MS = 1500;

/** Whether pictures are answered. */
export type DoorState = 'starting' | 'ready' | 'draining';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** The predictor's port. It says from the first moment on how the predictor fares; all else waits for who answers it. */
export interface Door {
  readonly server: Server;
  /** As it was bound. */
  readonly port: number;
  readonly setState: (state: DoorState) => void;
  /** What answers everything but health, from now on and for what came before. */
  readonly answerWith: (handler: RequestHandler) => void;
  readonly close: () => Promise<void>;
}

export interface DoorOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly healthRoute: string;
}

const HEALTH_TYPE = { 'content-type': 'application/json', 'cache-control': 'no-store' } as const;
const HEALTH: Readonly<Record<DoorState, { readonly status: number; readonly body: Buffer }>> = {
  starting: { status: 503, body: Buffer.from('{"status":"starting"}') },
  ready: { status: 200, body: Buffer.from('{"status":"ready"}') },
  draining: { status: 503, body: Buffer.from('{"status":"draining"}') },
};

/** Opens the port. Rejects with the system's error when it cannot be had. */
export async function openDoor({ host, port, healthRoute }: DoorOptions): Promise<Door> {
  let state: DoorState = 'starting';
  let tellHandler: (handler: RequestHandler) => void = () => undefined;
  let handler: RequestHandler | undefined;
  const coming = new Promise<RequestHandler>((resolve) => {
    tellHandler = resolve;
  });

  function sayHealth({ method }: IncomingMessage, response: ServerResponse): void {
    const { status, body } = HEALTH[state];
    if (state !== 'ready') response.setHeader('retry-after', 1);
    if (state === 'draining') response.setHeader('connection', 'close');
    response.writeHead(status, { ...HEALTH_TYPE, 'content-length': body.length });
    response.end(method === 'HEAD' ? undefined : body);
  }

  async function answerLater(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const late = await coming;
    // Whoever left meanwhile is told nothing, and must not be waited for.
    if (!response.destroyed) late(request, response);
  }

  const server = createServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      // The deadline of each request covers its upload; this is for those that never become one.
      requestTimeout: 0,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    (request, response) => {
      const isAsk = request.method === 'GET' || request.method === 'HEAD';
      if (isAsk && pathOf(request.url) === healthRoute) sayHealth(request, response);
      else if (handler) handler(request, response);
      else void answerLater(request, response);
    },
  );
  await listen(server, host, port);
  const bound = server.address();

  return {
    server,
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    setState: (next) => {
      // Who drains does not become ready again because a model got warm at last.
      if (state !== 'draining') state = next;
    },
    answerWith: (given) => {
      handler = given;
      tellHandler(given);
    },
    close: () => closeServer(server),
  };
}

/** The path of a request's address. */
export function pathOf(url = '/'): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), FAREWELL_MS).unref();
  });
}
