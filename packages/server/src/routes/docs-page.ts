import type { IncomingHttpHeaders } from 'node:http';
import { buildOpenApi, SAMPLE_SERVER } from '@diorama/contract/openapi';
import type { FastifyInstance } from 'fastify';
import { apiPage } from '../docs/api-page.ts';
import { PUBLIC } from '../public-routes.ts';

/** A name or an address, and a port: nothing that HTML or a shell would read otherwise. */
const HOST_PATTERN = /^([a-z0-9.-]{1,253}|\[[0-9a-f:]{2,45}\])(:\d{1,5})?$/i;

/** `GET /docs`: the OpenAPI document as a page, its lines for curl with the address that it was asked for at. */
export function addDocsPage(app: FastifyInstance): void {
  const page = apiPage(buildOpenApi());
  app.get('/docs', { config: PUBLIC }, async ({ headers }, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(page.replaceAll(SAMPLE_SERVER, originOf(headers))),
  );
}

function originOf({ host = '', 'x-forwarded-proto': scheme }: IncomingHttpHeaders): string {
  if (!HOST_PATTERN.test(host)) return SAMPLE_SERVER;
  return `${scheme === 'https' ? 'https' : 'http'}://${host}`;
}
