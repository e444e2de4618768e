import { PROBLEMS } from '@diorama/contract';
import type { ErrorCode } from '@diorama/core';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { FinishedRequest } from '../finished-request.ts';
import { DURATION_BUCKETS_SECONDS } from './buckets.ts';

/** Counts requests and refusals. Labels are the server's own words: no series is made by what a caller writes. */
export interface RequestMetrics {
  readonly noteRequest: (request: FinishedRequest) => void;
  /** For what is refused before it is a request, such as a line that is not HTTP. */
  readonly noteRefusal: (code: ErrorCode) => void;
}

export function addRequestMetrics(registry: Registry): RequestMetrics {
  const registers = [registry];
  const requests = new Counter({
    name: 'diorama_http_requests_total',
    help: 'Requests by the pattern of their route.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'diorama_http_request_duration_seconds',
    help: 'From the arrival of a request to the last byte of its answer.',
    labelNames: ['method', 'route'],
    buckets: [...DURATION_BUCKETS_SECONDS],
    registers,
  });
  const refusals = new Counter({
    name: 'diorama_refusals_total',
    help: 'Refusals and failures by problem code.',
    labelNames: ['code'],
    registers,
  });
  // From the start, so that the first of a kind is seen as a rise.
  for (const code of Object.keys(PROBLEMS)) refusals.inc({ code }, 0);

  const noteRefusal = (code: ErrorCode) => refusals.inc({ code });
  return {
    noteRequest: ({ method, route, status, durationMs, notes }) => {
      requests.inc({ method, route, status });
      durations.observe({ method, route }, durationMs / 1000);
      if (notes.code !== undefined) noteRefusal(notes.code);
    },
    noteRefusal,
  };
}
