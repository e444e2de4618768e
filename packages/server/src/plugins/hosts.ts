import { DioramaError } from '@diorama/core';
import type { FastifyInstance } from 'fastify';
import type { ServerConfig } from '../config.ts';
import { matchesHost } from '../host-patterns.ts';
import { isLoopbackHost } from '../loopback.ts';

/** Machines that look after the server call it by its bare address, and learn nothing that a page could use. */
const PROBES: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz']);

/**
 * Refuses requests for other hosts than this server. A page may have its own name lead to 127.0.0.1 after it was loaded (DNS
 * rebinding), and then counts as this server's own; only the name in `Host` gives it away. Keys stop it too, and on a
 * network the names of a server are its operator's to say.
 */
export function addHosts(
  app: FastifyInstance,
  { host, keysFile, allowedHosts }: Pick<ServerConfig, 'host' | 'keysFile' | 'allowedHosts'>,
): void {
  const isForThisMachine = keysFile === undefined && isLoopbackHost(host);
  if (!isForThisMachine && allowedHosts.length === 0) return;
  app.addHook('onRequest', async ({ headers, routeOptions }) => {
    const name = hostnameOf(headers.host);
    if (name !== undefined && (isLoopbackHost(name) || matchesHost(allowedHosts, name))) return;
    if (PROBES.has(routeOptions.url)) return;
    const line =
      'This server does not answer to the name in Host. DIORAMA_ALLOWED_HOSTS adds names.';
    throw new DioramaError('HOST_REFUSED', line);
  });
}

/** The name or address in a `Host` header, without its port and without the dot that may end a name. */
export function hostnameOf(header: string | undefined): string | undefined {
  return /^(\[[^\]]*\]|[^:]+?)\.?(?::\d*)?$/.exec(header ?? '')?.[1];
}
