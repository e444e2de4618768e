import { readFileSync } from 'node:fs';
import { DioramaError } from '@diorama/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { namesTag } from '../models/byte-range.ts';
import { PUBLIC } from '../public-routes.ts';
import { chooseVersion } from '../studio/choose-packing.ts';
import {
  builtStudio,
  type FileVersion,
  listStudioFiles,
  openUnchanged,
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
  app.route({
    // HEAD by itself: Fastify's own would read a whole file to say nothing of it.
    method: ['GET', 'HEAD'],
    exposeHeadRoute: false,
    url: file.url,
    config: PUBLIC,
    handler: (request, reply) => sendFile(file, kept, request, reply),
  });
}

async function sendFile(
  file: StudioFile,
  kept: ReadonlyMap<string, Uint8Array>,
  { headers, method }: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const isKnown = namesTag(headers['if-none-match'], file.entityTag);
  const { version, packing } = chooseVersion(file, headers['accept-encoding'] ?? '');
  const isWanted = !isKnown && method !== 'HEAD';
  const body = isWanted ? await bodyOf(version, kept) : undefined;
  // Not before: a refusal is not to be kept.
  reply
    .headers(STUDIO_HEADERS)
    .header('etag', `W/${file.entityTag}`)
    .header('vary', 'accept-encoding')
    .header('cache-control', file.isNamedByHash ? KEPT_FOREVER : 'no-cache');
  if (file.isShared) reply.headers(SHARED_HEADERS);
  if (isKnown) return reply.code(304).send();
  if (packing) reply.header('content-encoding', packing);
  return reply
    .header('content-type', file.contentType)
    .header('content-length', version.bytes)
    .send(body);
}

async function bodyOf(version: FileVersion, kept: ReadonlyMap<string, Uint8Array>) {
  const bytes = kept.get(version.path);
  if (bytes) return bytes;
  const file = await openUnchanged(version);
  if (file) return file.createReadStream();
  const line = 'The studio was built anew since this server started; start it again.';
  throw new DioramaError('ROUTE_UNKNOWN', line);
}
