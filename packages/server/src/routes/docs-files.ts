import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { addKeptRoute } from '../answers/kept-route.ts';

/** What the pages of documentation load, by address. */
const PAGE_FILES = {
  '/docs-base.css': { file: 'docs-base.css', contentType: 'text/css; charset=utf-8' },
  '/docs.css': { file: 'docs.css', contentType: 'text/css; charset=utf-8' },
  '/docs-icon.svg': { file: 'icon.svg', contentType: 'image/svg+xml' },
} as const;

/** The files of the documentation's pages, read once at the start. */
export function addDocsFiles(app: FastifyInstance): void {
  for (const [url, { file, contentType }] of Object.entries(PAGE_FILES)) {
    const bytes = readFileSync(new URL(`../../page/${file}`, import.meta.url));
    addKeptRoute(app, url, { bytes, contentType });
  }
}
