import { PROBLEMS } from '@diorama/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Exchange, Notes } from './plugins/exchange.ts';
import { type TraceContext, traceContextOf } from './tracing/trace-context.ts';

/** A request whose answer is out, or whose caller is gone, as logs, metrics and traces may tell of it. */
export interface FinishedRequest {
  readonly id: string;
  /** One that is in common use, or `_OTHER`. */
  readonly method: string;
  /** The pattern of the route, never the address as it was asked for. */
  readonly route: string;
  readonly status: number;
  /** On the clock of `performance.now()`, as `notes.madeAtMs`. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  /** Of the body, where it was known beforehand. */
  readonly bytesOut?: number;
  /** Id of the API key; the same for all callers of an open server. */
  readonly callerId: string;
  readonly notes: Notes;
  /** The caller's span, where it sent one. */
  readonly parent?: TraceContext;
}

/** Whoever invents a method must not make a new time series with it. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What is known of a request at its end. */
export function describeFinished(
  request: FastifyRequest,
  reply: FastifyReply,
  { id, startedAtMs, caller, notes }: Exchange,
): FinishedRequest {
  const bytesOut = Number(reply.getHeader('content-length'));
  const parent = traceContextOf(request.headers);
  return {
    id,
    method: METHODS.has(request.method) ? request.method : '_OTHER',
    route: notes.route ?? 'unknown',
    // A caller who left saw no status, whatever was about to be sent.
    status: notes.code === 'CANCELLED' ? PROBLEMS.CANCELLED.status : reply.statusCode,
    startedAtMs,
    durationMs: performance.now() - startedAtMs,
    ...(Number.isFinite(bytesOut) ? { bytesOut } : {}),
    callerId: caller.id,
    notes,
    ...(parent === undefined ? {} : { parent }),
  };
}
