import type { Socket } from 'node:net';
import { PROBLEMS, type ProblemDocument, problemOf } from '@diorama/contract';
import { DioramaError, type ErrorCode, isDioramaError } from '@diorama/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tooManyBytes } from '../intake/bytes.ts';
import { describeFault } from '../log.ts';
import { requestUrn } from '../request-id.ts';
import { findExchange } from './exchange.ts';
import { isAnsweredEarly } from './leftover-uploads.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** The media type of every refusal. */
export const PROBLEM_TYPE = 'application/problem+json';

/** When to come back, in seconds, for the refusals that a later request may not meet and that do not say themselves. */
const RETRY_AFTER_SECONDS: Partial<Record<ErrorCode, number>> = {
  NOT_READY: 1,
  QUEUE_FULL: 2,
  RATE_LIMITED: 1,
  JOB_UNFINISHED: 1,
  PROVIDER_UNAVAILABLE: 30,
  // A predictor that scaled to zero takes minutes, and may be on its way for long already.
  PREDICTOR_STARTING: 10,
  // Places that are out are tried again within seconds at first, and twice a minute later.
  PREDICTOR_UNAVAILABLE: 5,
};

/** Every failure leaves by this one door, as RFC 9457 problem details. */
export function addProblems(app: FastifyInstance, options: { readonly maxBytes: number }): void {
  app.setErrorHandler((error, request, reply) =>
    answerProblem(knownFault(error, options.maxBytes), request, reply),
  );
}

/** Sends the problem that an error is. Also for what fails before it is routed. */
export function answerProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  beginRefusal(error, request, reply);
  const exchange = findExchange(request);
  const problem: ProblemDocument = {
    ...problemOf(error),
    ...(exchange === undefined ? {} : { instance: requestUrn(exchange.id) }),
  };
  return (
    reply
      .code(problem.status)
      .type(PROBLEM_TYPE)
      // As bytes, since a text would be given a charset, which this type does not have.
      .send(Buffer.from(JSON.stringify(problem)))
  );
}

/** What every refusal needs, whatever the shape of its body: the note on its exchange, and its headers. */
export function beginRefusal(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const exchange = findExchange(request);
  const code: ErrorCode = isDioramaError(error) ? error.code : 'INTERNAL';
  if (exchange !== undefined) {
    exchange.notes.code = code;
    if (PROBLEMS[code].status === 500) exchange.notes.fault = describeFault(error);
  }
  // Whoever refuses may know better than the table.
  const known = isDioramaError(error) ? error.detail['retryAfterSeconds'] : undefined;
  const retryAfter = known ?? RETRY_AFTER_SECONDS[code];
  if (typeof retryAfter === 'number') reply.header('retry-after', retryAfter);
  // A sender who is cut off in the middle of its upload never reads why; the rest of it is read and dropped.
  reply.removeHeader('connection');
  reply.header('cache-control', 'no-store');
}

/**
 * What Node refuses before there is a request, written to the bare socket in the same shape. Answers its code, or nothing
 * where nobody is left to read it.
 */
export function answerClientFault(
  error: NodeJS.ErrnoException,
  socket: Socket,
): ErrorCode | undefined {
  // Whoever has its answer, and does not come to the end of what it sent, gets no second one.
  if (error.code === 'ECONNRESET' || !socket.writable || isAnsweredEarly(socket)) {
    socket.destroy();
    return undefined;
  }
  const isSlow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const problem = problemOf(
    isSlow
      ? new DioramaError('DEADLINE_EXCEEDED', 'The request did not arrive in time.')
      : new DioramaError('REQUEST_INVALID', 'This is not a request that HTTP knows.'),
  );
  const body = JSON.stringify(problem);
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': PROBLEM_TYPE,
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${problem.status} ${problem.title}\r\n${lines.join('')}\r\n${body}`,
    // The half that reads may never end by itself.
    () => socket.destroy(),
  );
  return isSlow ? 'DEADLINE_EXCEEDED' : 'REQUEST_INVALID';
}

/** Fastify's own refusals in Diorama's words; any other error as it is. */
export function knownFault(error: unknown, maxBytes: number): unknown {
  if (isDioramaError(error) || !(error instanceof Error)) return error;
  const { code, statusCode } = error as Error & { code?: string; statusCode?: number };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooManyBytes(maxBytes);
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return unsupportedBodyType();
  const isCallers = statusCode !== undefined && statusCode >= 400 && statusCode < 500;
  if (!isCallers || !code?.startsWith('FST_')) return error;
  return malformedRequest();
}

/** The refusal of an address or of headers that make no sense. */
export function malformedRequest(): DioramaError {
  return new DioramaError('REQUEST_INVALID', 'The request is malformed.');
}

/** The refusal of a body that does not even claim to be a photo. */
export function unsupportedBodyType(): DioramaError {
  return new DioramaError(
    'PHOTO_TYPE_UNSUPPORTED',
    'Send the photo as image/*, as application/octet-stream, or in the field "image" of a multipart form.',
  );
}
