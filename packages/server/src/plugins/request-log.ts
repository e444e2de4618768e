import { OPEN_CALLER } from '../caller.ts';
import type { FinishedRequest } from '../finished-request.ts';
import type { Log } from '../log.ts';
import type { TraceContext } from '../tracing/trace-context.ts';
import type { Notes } from './exchange.ts';

/** Asked for every few seconds by machines; worth a line only when something is looked for. */
const PROBE_ROUTES = new Set(['/healthz', '/readyz', '/metrics']);

export interface RequestLogOptions {
  /** The request's place in its trace, if it has one. */
  readonly trace: TraceContext | undefined;
  /** Id of the project that the trace is kept in. */
  readonly googleCloudProject: string | undefined;
}

/** One line for one request, with the words of Google Cloud beside our own. */
export function logRequest(log: Log, request: FinishedRequest, options: RequestLogOptions): void {
  const { id, method, route, status, durationMs, bytesOut, callerId } = request;
  const isProbe = PROBE_ROUTES.has(route) && status !== 500;
  log[isProbe ? 'debug' : levelOf(status)](
    {
      requestId: id,
      method,
      route,
      status,
      durationMs: Math.round(durationMs * 10) / 10,
      ...(bytesOut === undefined ? {} : { bytesOut }),
      ...(callerId === OPEN_CALLER.id ? {} : { caller: callerId }),
      ...loggedNotes(request.notes),
      // What else Google has a place for (address, browser, where from) is nobody's business.
      httpRequest: {
        requestMethod: method,
        requestUrl: route,
        status,
        latency: `${(durationMs / 1000).toFixed(4)}s`,
        ...(bytesOut === undefined ? {} : { responseSize: String(bytesOut) }),
      },
      ...(options.trace === undefined
        ? {}
        : traceFields(options.trace, options.googleCloudProject)),
    },
    `${method} ${route} ${status}`,
  );
}

/** Notes as a line has them: without what is in it already, or only of use within the process. */
export function loggedNotes({
  route: _route,
  madeAtMs: _madeAtMs,
  receipt,
  ...notes
}: Notes): Readonly<Record<string, unknown>> {
  return { ...notes, ...(receipt === undefined ? {} : { cost: receipt }) };
}

function traceFields(
  { traceId, spanId, isSampled }: TraceContext,
  project: string | undefined,
): Readonly<Record<string, unknown>> {
  if (project === undefined) return { traceId, spanId };
  return {
    'logging.googleapis.com/trace': `projects/${project}/traces/${traceId}`,
    'logging.googleapis.com/spanId': spanId,
    'logging.googleapis.com/trace_sampled': isSampled,
  };
}

function levelOf(status: number): 'error' | 'warn' | 'info' {
  // 429, 503 and 504 tell an operator to add machines; they are no fault of the code.
  if (status === 429 || status === 503 || status === 504) return 'warn';
  return status >= 500 ? 'error' : 'info';
}
