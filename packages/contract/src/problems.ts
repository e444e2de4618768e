import type { ErrorCode } from '@diorama/core';

export interface Problem {
  /** HTTP status. */
  readonly status: number;
  /** The kind of problem in a few words, the same for every case of it. */
  readonly title: string;
  /** Exit code of the command line, after sysexits where one fits. */
  readonly exitCode: number;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
}

const USAGE = 64;
const BAD_DATA = 65;
const NO_INPUT = 66;
const UNAVAILABLE = 69;
const SOFTWARE = 70;
const CANNOT_CREATE = 73;
const TRY_LATER = 75;
const NOT_PERMITTED = 77;
const CONFIG = 78;
const INTERRUPTED = 130;

/** One row for each way in which Diorama can say no. A missing row does not compile. */
export const PROBLEMS = {
  REQUEST_INVALID: {
    status: 400,
    title: 'Request not understood',
    exitCode: USAGE,
    retryable: false,
  },
  CONFIG_INVALID: {
    status: 500,
    title: 'Configuration not valid',
    exitCode: CONFIG,
    retryable: false,
  },
  ROUTE_UNKNOWN: { status: 404, title: 'No such route', exitCode: USAGE, retryable: false },
  METHOD_UNSUPPORTED: {
    status: 405,
    title: 'Method not supported here',
    exitCode: USAGE,
    retryable: false,
  },
  ANSWER_TYPE_UNSUPPORTED: {
    status: 406,
    title: 'Answer type not supported',
    exitCode: USAGE,
    retryable: false,
  },
  NOT_READY: { status: 503, title: 'Not ready', exitCode: TRY_LATER, retryable: true },
  INPUT_NOT_FOUND: { status: 404, title: 'Input not found', exitCode: NO_INPUT, retryable: false },
  OUTPUT_UNWRITABLE: {
    status: 507,
    title: 'Output not writable',
    exitCode: CANNOT_CREATE,
    retryable: true,
  },
  PHOTO_EMPTY: { status: 422, title: 'Photo is empty', exitCode: BAD_DATA, retryable: false },
  PHOTO_TYPE_UNSUPPORTED: {
    status: 415,
    title: 'Photo type not supported',
    exitCode: BAD_DATA,
    retryable: false,
  },
  PHOTO_UNREADABLE: {
    status: 422,
    title: 'Photo not readable',
    exitCode: BAD_DATA,
    retryable: false,
  },
  PHOTO_TRUNCATED: {
    status: 422,
    title: 'Photo is cut short',
    exitCode: BAD_DATA,
    retryable: false,
  },
  PHOTO_TOO_MANY_BYTES: {
    status: 413,
    title: 'Photo file too large',
    exitCode: BAD_DATA,
    retryable: false,
  },
  PHOTO_TOO_MANY_PIXELS: {
    status: 413,
    title: 'Photo has too many pixels',
    exitCode: BAD_DATA,
    retryable: false,
  },
  PHOTO_SIDE_TOO_LONG: {
    status: 413,
    title: 'Photo side too long',
    exitCode: BAD_DATA,
    retryable: false,
  },
  PHOTO_TOO_MANY_FRAMES: {
    status: 413,
    title: 'Photo has too many frames',
    exitCode: BAD_DATA,
    retryable: false,
  },
  TRUTH_UNUSABLE: {
    status: 422,
    title: 'Truth not usable',
    exitCode: BAD_DATA,
    retryable: false,
  },
  MODEL_UNKNOWN: { status: 404, title: 'No such model', exitCode: USAGE, retryable: false },
  MODEL_MISSING: {
    status: 503,
    title: 'Model file not here',
    exitCode: UNAVAILABLE,
    retryable: false,
  },
  LICENCE_NOT_ACCEPTED: {
    status: 403,
    title: 'Licence not accepted',
    exitCode: NOT_PERMITTED,
    retryable: false,
  },
  SOURCE_UNAVAILABLE: {
    status: 502,
    title: 'Source not reachable',
    exitCode: TRY_LATER,
    retryable: true,
  },
  MODEL_CORRUPT: { status: 500, title: 'Model file damaged', exitCode: SOFTWARE, retryable: false },
  MODEL_OUTPUT_INVALID: {
    status: 500,
    title: 'Model gave no usable answer',
    exitCode: SOFTWARE,
    retryable: false,
  },
  PROVIDER_UNAVAILABLE: {
    status: 503,
    title: 'Provider not available',
    exitCode: UNAVAILABLE,
    retryable: false,
  },
  WORKER_CRASHED: { status: 500, title: 'Worker crashed', exitCode: SOFTWARE, retryable: true },
  QUEUE_FULL: {
    status: 429,
    title: 'Too much waiting already',
    exitCode: TRY_LATER,
    retryable: true,
  },
  KEY_REQUIRED: {
    status: 401,
    title: 'API key required',
    exitCode: NOT_PERMITTED,
    retryable: false,
  },
  RATE_LIMITED: {
    status: 429,
    title: 'Too many requests in a minute',
    exitCode: TRY_LATER,
    retryable: true,
  },
  BUDGET_SPENT: {
    status: 402,
    title: 'Monthly budget spent',
    exitCode: NOT_PERMITTED,
    retryable: false,
  },
  HOST_REFUSED: {
    status: 421,
    title: 'Not a name of this server',
    exitCode: NOT_PERMITTED,
    retryable: false,
  },
  ORIGIN_REFUSED: {
    status: 403,
    title: 'Pages of this origin are not allowed',
    exitCode: NOT_PERMITTED,
    retryable: false,
  },
  ADDRESS_REFUSED: {
    status: 403,
    title: 'Address not allowed',
    exitCode: NOT_PERMITTED,
    retryable: false,
  },
  JOB_UNKNOWN: { status: 404, title: 'No such job', exitCode: USAGE, retryable: false },
  JOB_CONFLICT: {
    status: 409,
    title: 'Another job has this id',
    exitCode: USAGE,
    retryable: false,
  },
  JOB_UNFINISHED: {
    status: 409,
    title: 'Job has no result yet',
    exitCode: TRY_LATER,
    retryable: true,
  },
  PREDICTOR_STARTING: {
    status: 503,
    title: 'Predictor is starting',
    exitCode: TRY_LATER,
    retryable: true,
  },
  PREDICTOR_UNAVAILABLE: {
    status: 503,
    title: 'No predictor answers',
    exitCode: TRY_LATER,
    retryable: true,
  },
  ANSWER_TOO_LARGE: {
    status: 422,
    title: 'Answer does not fit',
    exitCode: UNAVAILABLE,
    retryable: false,
  },
  SEAL_REQUIRED: {
    status: 403,
    title: 'Sealed requests only',
    exitCode: NOT_PERMITTED,
    retryable: false,
  },
  SEAL_INVALID: {
    status: 400,
    title: 'Sealed message cannot be opened',
    exitCode: BAD_DATA,
    retryable: false,
  },
  SEAL_KEY_UNKNOWN: {
    status: 409,
    title: 'Sealed to an unknown key',
    exitCode: CONFIG,
    retryable: false,
  },
  SEAL_STALE: {
    status: 409,
    title: 'Sealed message too old or too new',
    exitCode: BAD_DATA,
    retryable: false,
  },
  SEAL_REPLAYED: {
    status: 409,
    title: 'Sealed message came before',
    exitCode: BAD_DATA,
    retryable: false,
  },
  DEADLINE_EXCEEDED: {
    status: 504,
    title: 'Deadline passed',
    exitCode: TRY_LATER,
    retryable: true,
  },
  CANCELLED: { status: 499, title: 'Cancelled', exitCode: INTERRUPTED, retryable: true },
  INTERNAL: { status: 500, title: 'Internal error', exitCode: SOFTWARE, retryable: false },
} as const satisfies Record<ErrorCode, Problem>;
