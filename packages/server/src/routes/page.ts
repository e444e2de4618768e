import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { PUBLIC } from '../public-routes.ts';

/** The page's files by address. Nothing else is ever read from disk for a request. */
const PAGE_FILES = {
  '/': { file: 'index.html', contentType: 'text/html; charset=utf-8' },
  '/page.css': { file: 'page.css', contentType: 'text/css; charset=utf-8' },
  '/page.js': { file: 'page.js', contentType: 'text/javascript; charset=utf-8' },
  '/upload.js': { file: 'upload.js', contentType: 'text/javascript; charset=utf-8' },
  '/archive.js': { file: 'archive.js', contentType: 'text/javascript; charset=utf-8' },
  '/icon.svg': { file: 'icon.svg', contentType: 'image/svg+xml' },
} as const;

/** `GET /` and the files that it loads, read once at the start. */
export function addPageRoutes(app: FastifyInstance): void {
  for (const [url, { file, contentType }] of Object.entries(PAGE_FILES)) {
    const bytes = readFileSync(new URL(`../../page/${file}`, import.meta.url));
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    app.get(url, { config: PUBLIC }, async (request, reply) => {
      reply.header('etag', etag).header('cache-control', 'no-cache');
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply.header('content-type', contentType).send(bytes);
    });
  }
}
