import { DioramaError, type ErrorCode } from '@diorama/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { askedDeadlineMs } from '../asked-deadline.ts';
import { type Caller, OPEN_CALLER } from '../caller.ts';
import type { Receipt } from '../cost.ts';
import { requestIdOf } from '../request-id.ts';

/** What is worth a word in the log about one request. Never pixels, names, addresses, queries or headers. */
export interface Notes {
  /** The pattern of the route that was met. */
  route?: string;
  code?: ErrorCode;
  bytesIn?: number;
  widthPx?: number;
  heightPx?: number;
  model?: string;
  /** Of a request that brings several pictures, and how many of them got no answer. */
  instances?: number;
  failedInstances?: number;
  /** How long the photo waited for its turn. */
  queueMs?: number;
  stepsMs?: Readonly<Record<string, number>>;
  /** When the layers were there, on the clock of `performance.now()`. */
  madeAtMs?: number;
  receipt?: Receipt;
  fault?: Readonly<Record<string, unknown>>;
}

/** One request and its answer, from arrival to the last byte. */
export interface Exchange {
  /** A UUID, with or without hyphens: the caller's own where it sent one. */
  readonly id: string;
  readonly startedAtMs: number;
  /** When its answer is due, on the same clock. */
  deadlineAtMs: number;
  /** Who asks; everybody until a key says who. */
  caller: Caller;
  /** Aborts with `DEADLINE_EXCEEDED`, with `CANCELLED` when the caller goes away, or with `NOT_READY` when the server ends. */
  readonly signal: AbortSignal;
  readonly notes: Notes;
}

export interface ExchangeOptions {
  /** The latest deadline; a request may ask for an earlier one. */
  readonly timeoutMs: number;
  /** Called once for each exchange, when its answer is out or its caller is gone. */
  readonly onEnd: (request: FastifyRequest, reply: FastifyReply, exchange: Exchange) => void;
}

const exchanges = new WeakMap<FastifyRequest, Exchange>();

/** The exchange that a request belongs to; absent for what fails before it is routed. */
export function findExchange(request: FastifyRequest): Exchange | undefined {
  return exchanges.get(request);
}

/** The exchange of a request that was routed. @throws DioramaError `INTERNAL` */
export function exchangeOf(request: FastifyRequest): Exchange {
  const exchange = exchanges.get(request);
  if (exchange === undefined) throw new DioramaError('INTERNAL', 'A request without an exchange.');
  return exchange;
}

/** Gives each request its id, its deadline and its end. The answer's function aborts all that are open. */
export function addExchanges(app: FastifyInstance, options: ExchangeOptions): () => void {
  const open = new Set<AbortController>();

  app.addHook('onRequest', async (request, reply) => {
    const controller = new AbortController();
    const startedAtMs = performance.now();
    const exchange: Exchange = {
      id: requestIdOf(request.headers['x-request-id']),
      startedAtMs,
      deadlineAtMs: startedAtMs + options.timeoutMs,
      caller: OPEN_CALLER,
      signal: controller.signal,
      notes: { route: (request.is404 ? undefined : request.routeOptions.url) ?? 'unknown' },
    };
    exchanges.set(request, exchange);
    reply.header('x-request-id', exchange.id);
    open.add(controller);

    let timer: NodeJS.Timeout | undefined;
    const end = (isAnswered: boolean) => {
      if (!open.delete(controller)) return;
      clearTimeout(timer);
      if (!isAnswered) {
        exchange.notes.code = 'CANCELLED';
        controller.abort(new DioramaError('CANCELLED', 'The caller went away.'));
      }
      options.onEnd(request, reply, exchange);
    };
    reply.raw.once('finish', () => end(true));
    reply.raw.once('close', () => end(false));

    // Refused only now, when there is an exchange that the refusal can be noted on.
    const timeoutMs = Math.min(options.timeoutMs, askedDeadlineMs(request));
    exchange.deadlineAtMs = startedAtMs + timeoutMs;
    timer = setTimeout(() => {
      const line = `The answer was not ready within ${timeoutMs / 1000} s.`;
      controller.abort(new DioramaError('DEADLINE_EXCEEDED', line));
    }, timeoutMs);
  });

  return () => {
    for (const controller of open) {
      const line = 'The server was shut down before the answer was ready. Send it again.';
      controller.abort(new DioramaError('NOT_READY', line));
    }
  };
}
