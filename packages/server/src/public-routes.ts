import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether anybody may ask, with a key or without one, from any page. */
    isPublic?: boolean;
  }
}

/** `config` of a route that neither does work nor tells about any: health, pages, documents. */
export const PUBLIC = { isPublic: true } as const;

/** Whether a request needs no key: its route is public, or there is nothing at its address. */
export function isPublic({ is404, method, routeOptions }: FastifyRequest): boolean {
  return is404 || method === 'OPTIONS' || routeOptions.config.isPublic === true;
}
