import type { FastifyInstance, FastifyReply } from 'fastify';
import { allowedMethods } from './methods.ts';

/** How long a browser may remember what a preflight said; browsers cap it themselves. */
const MAX_AGE_SECONDS = 7200;
/** What may stand in a list of header names. */
const HEADER_LIST = /^[\w-]+(, *[\w-]+)*$/;

/**
 * Lets pages of some origins call the server and read its answers, refusals included. Off for an empty list. Cookies are
 * never allowed, since there are none. Comes after the security headers, which it loosens, and before what may refuse,
 * since a preflight brings no key.
 *
 * By hand rather than by @fastify/cors, which claims the OPTIONS of every address that plugins/methods answers, and
 * cannot say which methods an address has.
 */
export function addCors(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const isForAll = origins.includes('*');
  const allowed = (origin: string | undefined): string | undefined => {
    if (isForAll) return '*';
    return origin !== undefined && origins.includes(origin) ? origin : undefined;
  };

  app.addHook('onRequest', async ({ method, headers, url }, reply) => {
    const wanted = headers['access-control-request-method'];
    if (method !== 'OPTIONS' || wanted === undefined || !allowed(headers.origin)) return;
    const asked = headers['access-control-request-headers'] ?? '';
    reply.headers({
      'access-control-allow-methods': allowedMethods(app, url).join(', '),
      ...(HEADER_LIST.test(asked) ? { 'access-control-allow-headers': asked } : {}),
      'access-control-max-age': MAX_AGE_SECONDS,
    });
  });

  app.addHook('onSend', async ({ headers }, reply, payload) => {
    const origin = allowed(headers.origin);
    if (!isForAll) addVary(reply, 'origin');
    if (origin !== undefined) {
      reply.headers({
        'access-control-allow-origin': origin,
        // All of them, which browsers grant where no cookies are sent.
        'access-control-expose-headers': '*',
        'cross-origin-resource-policy': 'cross-origin',
      });
    }
    return payload;
  });
}

function addVary(reply: FastifyReply, name: string): void {
  const before = reply.getHeader('vary');
  reply.header('vary', before === undefined ? name : `${String(before)}, ${name}`);
}
