import { DioramaError } from '@diorama/core';
import type { FastifyInstance } from 'fastify';

const methodsByApp = new WeakMap<FastifyInstance, Map<string, Set<string>>>();

/**
 * Remembers which methods each address has, for `Allow`, and answers OPTIONS from it. What no route is for is refused before a
 * byte of its body is read. Comes before the routes.
 */
export function addMethods(app: FastifyInstance): void {
  const methodsByPath = new Map<string, Set<string>>();
  methodsByApp.set(app, methodsByPath);
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const methods = methodsByPath.get(url) ?? new Set(['OPTIONS']);
    for (const one of [method].flat()) methods.add(one);
    methodsByPath.set(url, methods);
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const methods = allowedMethods(app, request.url);
    if (methods.length === 0) throw unknownRoute();
    reply.header('allow', methods.join(', '));
    const line = `This address answers ${methods.join(', ')} only.`;
    throw new DioramaError('METHOD_UNSUPPORTED', line);
  });
  app.options('/*', async (request, reply) => {
    const methods = allowedMethods(app, request.url);
    if (methods.length === 0) throw unknownRoute();
    return reply.code(204).header('allow', methods.join(', ')).send();
  });
}

function unknownRoute(): DioramaError {
  return new DioramaError('ROUTE_UNKNOWN', 'There is nothing at this address.');
}

/** Every address with its methods, as the routes have them: `:name` for a variable. */
export function routesOf(app: FastifyInstance): ReadonlyMap<string, ReadonlySet<string>> {
  return methodsByApp.get(app) ?? new Map();
}

/** The methods of an address, sorted; none when nothing is there. */
export function allowedMethods(app: FastifyInstance, url: string): string[] {
  const path = url.split('?', 1)[0] ?? url;
  const found = [...routesOf(app)].filter(([pattern]) => isPathOf(pattern, path));
  return [...new Set(found.flatMap(([, methods]) => [...methods]))].sort();
}

/** Whether a path is of a route's pattern, where `:name` is any one segment. */
function isPathOf(pattern: string, path: string): boolean {
  const segments = path.split('/');
  const wanted = pattern.split('/');
  const isSegment = (segment: string, n: number) =>
    segment.startsWith(':') ? segments[n] !== '' : segments[n] === segment;
  return wanted.length === segments.length && wanted.every(isSegment);
}
