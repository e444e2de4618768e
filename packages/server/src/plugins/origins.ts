import type { IncomingHttpHeaders } from 'node:http';
import { DioramaError } from '@diorama/core';
import type { FastifyInstance } from 'fastify';
import type { ServerConfig } from '../config.ts';
import { matchesHost } from '../host-patterns.ts';
import { isPublic } from '../public-routes.ts';
import { hostnameOf } from './hosts.ts';

/**
 * Refuses what pages of other origins send to a server without keys. A browser asks before it sends most requests for such a
 * page (CORS), but not before a form or the address of a picture, and a server that answers everybody would do that work.
 */
export function addOrigins(
  app: FastifyInstance,
  config: Pick<ServerConfig, 'keysFile' | 'allowedHosts' | 'corsOrigins'>,
): void {
  if (config.keysFile !== undefined) return;
  app.addHook('onRequest', async (request) => {
    if (isPublic(request) || !isForeign(request.headers, config)) return;
    const line =
      'A page of another origin sent this. DIORAMA_CORS_ORIGINS names the origins whose pages may.';
    throw new DioramaError('ORIGIN_REFUSED', line);
  });
}

/** Whether headers that only browsers set say that a page of another origin asks. Other programs set none of them. */
function isForeign(
  headers: IncomingHttpHeaders,
  { allowedHosts, corsOrigins }: Pick<ServerConfig, 'allowedHosts' | 'corsOrigins'>,
): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (corsOrigins.includes('*') || site === 'same-origin' || site === 'none') return false;
  if (origin === undefined) return site !== undefined;
  if (corsOrigins.includes(origin)) return false;
  // `null` is what a page without an origin has, such as a file or a sandbox.
  if (!URL.canParse(origin)) return true;
  const from = new URL(origin);
  // A proxy before the server may change the scheme, or the name; then the operator says the name.
  return (
    from.host !== host?.toLowerCase() && !matchesHost(allowedHosts, hostnameOf(from.host) ?? '')
  );
}
