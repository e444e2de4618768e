import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { addKeptRoute } from '../answers/kept-route.ts';

/** The page's files by address. Nothing else is ever read from disk for a request. */
const PAGE_FILES = {
  '/': { file: 'index.html', contentType: 'text/html; charset=utf-8' },
  '/page.css': { file: 'page.css', contentType: 'text/css; charset=utf-8' },
  '/docs.css': { file: 'docs.css', contentType: 'text/css; charset=utf-8' },
  '/page.js': { file: 'page.js', contentType: 'text/javascript; charset=utf-8' },
  '/upload.js': { file: 'upload.js', contentType: 'text/javascript; charset=utf-8' },
  '/archive.js': { file: 'archive.js', contentType: 'text/javascript; charset=utf-8' },
  '/icon.svg': { file: 'icon.svg', contentType: 'image/svg+xml' },
} as const;

/** `GET /` and the files that it loads, read once at the start. */
export function addPageRoutes(app: FastifyInstance): void {
  for (const [url, { file, contentType }] of Object.entries(PAGE_FILES)) {
    const bytes = readFileSync(new URL(`../../page/${file}`, import.meta.url));
    addKeptRoute(app, url, { bytes, contentType });
  }
}
