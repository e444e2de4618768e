import { buildOpenApi } from '@diorama/contract/openapi';
import type { FastifyInstance } from 'fastify';
import { addKeptRoute } from '../answers/kept-route.ts';

/** `GET /openapi.json`: the service as OpenAPI 3.1. */
export function addOpenApiRoute(app: FastifyInstance): void {
  const bytes = Buffer.from(JSON.stringify(buildOpenApi()));
  addKeptRoute(app, '/openapi.json', { bytes, contentType: 'application/json' });
}
