import { PROBLEMS } from '@diorama/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../log.ts';
import type { Exchange } from './exchange.ts';

/** One line for one request: the route's pattern, never the address as it was asked for. */
export function logRequest(
  log: Log,
  request: FastifyRequest,
  reply: FastifyReply,
  exchange: Exchange,
): void {
  const { notes } = exchange;
  const route = request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
  // A caller who left saw no status, whatever was about to be sent.
  const status = notes.code === 'CANCELLED' ? PROBLEMS.CANCELLED.status : reply.statusCode;
  const bytesOut = Number(reply.getHeader('content-length'));
  const isProbe = route === '/healthz' || route === '/readyz';
  log[isProbe ? 'debug' : levelOf(status)](
    {
      requestId: exchange.id,
      method: request.method,
      route,
      status,
      durationMs: Math.round((performance.now() - exchange.startedAtMs) * 10) / 10,
      ...(Number.isFinite(bytesOut) ? { bytesOut } : {}),
      ...notes,
    },
    `${request.method} ${route} ${status}`,
  );
}

function levelOf(status: number): 'error' | 'warn' | 'info' {
  // 429, 503 and 504 tell an operator to add machines; they are no fault of the code.
  if (status === 429 || status === 503 || status === 504) return 'warn';
  return status >= 500 ? 'error' : 'info';
}
