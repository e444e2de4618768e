import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import type { SiteFiles } from './bundle.ts';
import { forward } from './forward.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** With these a page is cross-origin isolated, so that it may share memory between threads. */
const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

export interface Site {
  /** Such as `http://localhost:43567`. */
  readonly origin: string;
  /** The paths that were asked for, in order, since the site opened. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export interface SiteOptions {
  readonly isIsolated?: boolean;
  /** Address of a Diorama server that answers what begins with `/v1/`, so that page and server are of one origin. */
  readonly server?: string;
}

/** Serves files from memory on loopback. Nothing is cached, so that `asked` shows every load. */
export async function serveSite(
  files: SiteFiles,
  { isIsolated = false, server: behind }: SiteOptions = {},
): Promise<Site> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(pathname);
    if (behind !== undefined && pathname.startsWith('/v1/')) {
      forward(request, response, behind);
      return;
    }
    const path = pathname === '/' ? 'index.html' : pathname.slice(1);
    const bytes = files.get(path);
    response.writeHead(bytes ? 200 : 404, {
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'cache-control': 'no-store',
      ...(isIsolated ? ISOLATION : {}),
    });
    response.end(bytes);
  });
  const port = await listen(server);
  return {
    origin: `http://localhost:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // `localhost` and not an address: browsers and Node agree on what it means, whichever of the two it is here.
    server.listen(0, 'localhost', () => resolve((server.address() as AddressInfo).port)); // a TCP server
  });
}
