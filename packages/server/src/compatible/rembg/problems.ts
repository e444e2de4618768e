import { problemOf } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { beginRefusal } from '../../plugins/problems.ts';
import type { ParameterFault } from './options.ts';

/** What rembg's framework answers to parameters that cannot be. */
const UNPROCESSABLE = 422;

/** Sends a failure in the shape of rembg's framework: its own status, and one line as `detail`. */
export function answerRembgError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  beginRefusal(error, request, reply);
  const { status, detail } = problemOf(error);
  return sendDetail(status, detail, reply);
}

/** Sends the list of parameters that cannot be, as rembg's framework does. */
export function answerParameterFaults(
  faults: readonly ParameterFault[],
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const names = faults.map(({ loc: [, name] }) => name).join(', ');
  const line = `Some parameters cannot be understood: ${names}.`;
  beginRefusal(new DioramaError('REQUEST_INVALID', line), request, reply);
  return sendDetail(UNPROCESSABLE, faults, reply);
}

function sendDetail(
  status: number,
  detail: string | readonly ParameterFault[],
  reply: FastifyReply,
): FastifyReply {
  return reply
    .code(status)
    .type('application/json')
    .send(Buffer.from(JSON.stringify({ detail })));
}
