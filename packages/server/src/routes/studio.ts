import { createReadStream, readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PUBLIC } from '../public-routes.ts';
import {
  builtStudio,
  type FileVersion,
  listStudioFiles,
  type Packing,
  type StudioFile,
} from '../studio/studio-files.ts';

/**
 * The studio runs networks (WASM, in workers, with threads, which want a page that is isolated), shows pictures that it
 * made, and fetches from this server alone.
 */
export const STUDIO_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "connect-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-embedder-policy': 'require-corp',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
} as const;

/** A module of another origin is fetched with CORS, and by an isolated page only where this says that it may be. */
const SHARED_HEADERS = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
} as const;

const KEPT_FOREVER = 'public, max-age=31536000, immutable';
/** Larger files, ONNX Runtime's own, are read anew for each who asks. */
const MOST_IN_MEMORY_BYTES = 1_000_000;
/** In the order of preference. */
const PACKINGS: readonly Packing[] = ['br', 'gzip'];

const UNBUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Diorama</title>
<link rel="icon" href="/docs-icon.svg"><link rel="stylesheet" href="/docs-base.css"><main class="document">
<h1>Diorama</h1><p>The studio is not built here: <code>npm run build</code>. The service works: <a href="/docs">API</a>.</p></main></html>`;

/** `GET /` and the files that the studio loads. Nothing else is ever read from disk for a request. */
export function addStudioRoutes(app: FastifyInstance, folder = builtStudio()): void {
  const files = listStudioFiles(folder);
  for (const file of files) addFile(app, file);
  if (files.length > 0) return;
  app.get('/', { config: PUBLIC }, async (_request, reply) =>
    reply.header('content-type', 'text/html; charset=utf-8').send(UNBUILT),
  );
}

function addFile(app: FastifyInstance, file: StudioFile): void {
  const kept = new Map<string, Uint8Array>();
  for (const { path, bytes } of [file.plain, ...Object.values(file.packed)]) {
    if (bytes <= MOST_IN_MEMORY_BYTES) kept.set(path, readFileSync(path));
  }
  app.get(file.url, { config: PUBLIC }, (request, reply) => sendFile(file, kept, request, reply));
}

function sendFile(
  file: StudioFile,
  kept: ReadonlyMap<string, Uint8Array>,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  reply
    .headers(STUDIO_HEADERS)
    .header('etag', file.entityTag)
    .header('vary', 'accept-encoding')
    .header('cache-control', file.isNamedByHash ? KEPT_FOREVER : 'no-cache');
  if (file.isShared) reply.headers(SHARED_HEADERS);
  if (request.headers['if-none-match'] === file.entityTag) return reply.code(304).send();
  const { version, packing } = chooseVersion(file, request.headers['accept-encoding'] ?? '');
  if (packing) reply.header('content-encoding', packing);
  reply.header('content-type', file.contentType).header('content-length', version.bytes);
  return reply.send(kept.get(version.path) ?? createReadStream(version.path));
}

function chooseVersion(
  { plain, packed }: StudioFile,
  accepted: string,
): { readonly version: FileVersion; readonly packing?: Packing } {
  const names = accepted.split(',').map((part) => part.trim());
  for (const packing of PACKINGS) {
    const version = packed[packing];
    // `br;q=0` refuses it; other weights are no reason to send more bytes.
    const isTaken = names.some((name) => name === packing || name.startsWith(`${packing};q=0.`));
    if (version && isTaken) return { version, packing };
  }
  return { version: plain };
}
