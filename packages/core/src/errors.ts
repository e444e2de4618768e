/** Every way in which Diorama can say no. The problem table in @diorama/contract has one row for each. */
export type ErrorCode =
  | 'REQUEST_INVALID'
  | 'CONFIG_INVALID'
  | 'ROUTE_UNKNOWN'
  | 'METHOD_UNSUPPORTED'
  | 'ANSWER_TYPE_UNSUPPORTED'
  | 'NOT_READY'
  | 'INPUT_NOT_FOUND'
  | 'OUTPUT_UNWRITABLE'
  | 'PHOTO_EMPTY'
  | 'PHOTO_TYPE_UNSUPPORTED'
  | 'PHOTO_UNREADABLE'
  | 'PHOTO_TRUNCATED'
  | 'PHOTO_TOO_MANY_BYTES'
  | 'PHOTO_TOO_MANY_PIXELS'
  | 'PHOTO_SIDE_TOO_LONG'
  | 'PHOTO_TOO_MANY_FRAMES'
  | 'TRUTH_UNUSABLE'
  | 'MODEL_UNKNOWN'
  | 'MODEL_MISSING'
  | 'LICENCE_NOT_ACCEPTED'
  | 'SOURCE_UNAVAILABLE'
  | 'MODEL_CORRUPT'
  | 'MODEL_OUTPUT_INVALID'
  | 'PROVIDER_UNAVAILABLE'
  | 'WORKER_CRASHED'
  | 'QUEUE_FULL'
  | 'KEY_REQUIRED'
  | 'RATE_LIMITED'
  | 'BUDGET_SPENT'
  | 'HOST_REFUSED'
  | 'ORIGIN_REFUSED'
  | 'ADDRESS_REFUSED'
  | 'JOB_UNKNOWN'
  | 'JOB_CONFLICT'
  | 'JOB_UNFINISHED'
  | 'PREDICTOR_STARTING'
  | 'PREDICTOR_UNAVAILABLE'
  | 'ANSWER_TOO_LARGE'
  | 'SEAL_REQUIRED'
  | 'SEAL_INVALID'
  | 'SEAL_KEY_UNKNOWN'
  | 'SEAL_STALE'
  | 'SEAL_REPLAYED'
  | 'DEADLINE_EXCEEDED'
  | 'CANCELLED'
  | 'INTERNAL';

export interface DioramaErrorOptions {
  readonly cause?: unknown;
  /** Figures behind the message, for machines: limits, sizes, names of options. Never picture content. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * The one error class. `message` is one line for the person; `cause` is for logs only.
 */
export class DioramaError extends Error {
  override readonly name = 'DioramaError';
  readonly code: ErrorCode;
  readonly detail: Readonly<Record<string, string | number | boolean>>;

  constructor(code: ErrorCode, message: string, options: DioramaErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.detail = options.detail ?? {};
  }
}

/**
 * Whether a value is a Diorama error. By shape, since an error that crossed a worker boundary, or came from
 * a second copy of this module, is no `instanceof`.
 */
export function isDioramaError(value: unknown): value is DioramaError {
  return value instanceof Error && value.name === 'DioramaError' && 'code' in value;
}
