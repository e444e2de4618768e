import { PROBLEMS } from '@diorama/contract';
import { DioramaError, type ErrorCode, isDioramaError } from '@diorama/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { beginRefusal } from '../../plugins/problems.ts';
import { REQUEST_FAULTS, type RequestFault } from './faults.ts';

/** One entry of remove.bg's list of errors. */
export interface RemoveBgError {
  readonly title: string;
  readonly code: string;
  readonly detail?: string;
}

interface Row extends RemoveBgError {
  readonly status: number;
}

/** What each problem is called here. What is not in it keeps its status, as a fault of the request or of the server. */
const ROWS: Partial<Record<ErrorCode, Row>> = {
  REQUEST_INVALID: row(400, 'invalid_request', 'Invalid request'),
  ANSWER_TYPE_UNSUPPORTED: row(406, 'invalid_accept', 'Answer type not supported'),
  PHOTO_EMPTY: row(400, 'missing_source', REQUEST_FAULTS.missing_source),
  PHOTO_TYPE_UNSUPPORTED: row(400, 'invalid_file_type', 'Invalid file type'),
  PHOTO_UNREADABLE: row(400, 'failed_to_read_image', 'There was an error reading the image.'),
  PHOTO_TRUNCATED: row(400, 'failed_to_read_image', 'There was an error reading the image.'),
  PHOTO_TOO_MANY_FRAMES: row(400, 'failed_to_read_image', 'There was an error reading the image.'),
  PHOTO_TOO_MANY_BYTES: row(400, 'file_too_large', 'File too large'),
  PHOTO_TOO_MANY_PIXELS: row(400, 'resolution_too_high', 'Image resolution too high'),
  PHOTO_SIDE_TOO_LONG: row(400, 'resolution_too_high', 'Image resolution too high'),
  KEY_REQUIRED: row(403, 'auth_failed', 'API Key invalid'),
  BUDGET_SPENT: row(402, 'insufficient_credits', 'Insufficient credits'),
  RATE_LIMITED: row(429, 'rate_limit_exceeded', 'Rate limit exceeded'),
  QUEUE_FULL: row(429, 'rate_limit_exceeded', 'Rate limit exceeded'),
};

function row(status: number, code: string, title: string): Row {
  return { status, code, title };
}

/** Sends a failure in remove.bg's shape, with its status and code where it has one. */
export function answerRemoveBgError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  beginRefusal(error, request, reply);
  const { status, ...entry } = rowOf(error);
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send(Buffer.from(JSON.stringify({ errors: [entry] })));
}

function rowOf(error: unknown): Row {
  // isDioramaError narrows to the class; the cast only restates it for an `unknown`.
  const known = isDioramaError(error) ? (error as DioramaError) : unknownError();
  const detail = known.message;
  const fault = faultOf(known);
  if (fault !== undefined) {
    const title = REQUEST_FAULTS[fault];
    return { ...row(400, fault, title), ...(detail === title ? {} : { detail }) };
  }
  const found = ROWS[known.code];
  if (found !== undefined) return { ...found, detail };
  const { status, title } = PROBLEMS[known.code];
  return { ...row(status, status >= 500 ? 'unknown_error' : 'invalid_request', title), detail };
}

function unknownError(): DioramaError {
  return new DioramaError('INTERNAL', 'Something went wrong inside Diorama.');
}

/** The fault that an error carries by remove.bg's name, or says in the engine's words. */
function faultOf({ detail }: DioramaError): RequestFault | undefined {
  const { removeBgCode, region } = detail;
  if (region === 'empty') return 'roi_region_empty';
  if (region === 'outside') return 'roi_exceeds_bounds';
  // requestFault, the only one who writes it, takes nothing else
  return removeBgCode === undefined ? undefined : (removeBgCode as RequestFault);
}
