import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { PUBLIC } from '../public-routes.ts';

/** Bytes that are the same for everybody until the server starts anew. */
export interface KeptBytes {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** A public `GET` that answers the same bytes each time, and 304 to who has them. */
export function addKeptRoute(app: FastifyInstance, url: string, kept: KeptBytes): void {
  const { bytes, contentType } = kept;
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  app.get(url, { config: PUBLIC }, async (request, reply) => {
    reply.header('etag', etag).header('cache-control', 'no-cache');
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.header('content-type', contentType).send(bytes);
  });
}
