import { PROBLEMS, STEP_NAMES } from '@diorama/contract';
import {
  type Attributes,
  type Context,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { FinishedRequest } from '../finished-request.ts';

/** Steps in the order in which their spans stand: a photo waits at the desk before it is decoded. */
const SPAN_STEPS = ['queue', ...STEP_NAMES.filter((step) => step !== 'queue')] as const;

/**
 * Makes the span of a request, and below it one for each step that its photo took, and answers the first one's context.
 * Steps are measured in their lengths, and stand one after another up to the moment when the layers were there.
 */
export function addRequestSpans(
  tracer: Tracer,
  request: FinishedRequest,
  parent: Context,
): SpanContext {
  const { method, route, startedAtMs, durationMs, notes } = request;
  // Taken anew for each request, since the two clocks drift apart.
  const epochMs = Date.now() - performance.now();
  const startTime = epochMs + startedAtMs;
  const span = tracer.startSpan(
    `${method} ${route}`,
    { kind: SpanKind.SERVER, startTime, attributes: attributesOf(request) },
    parent,
  );
  if (notes.code !== undefined && PROBLEMS[notes.code].status >= 500) {
    // What the caller did wrong is no error of the server's span.
    span.setStatus({ code: SpanStatusCode.ERROR, message: notes.code });
    span.setAttribute('error.type', notes.code);
  }
  if (notes.stepsMs !== undefined && notes.madeAtMs !== undefined) {
    const within = trace.setSpan(parent, span);
    const steps = SPAN_STEPS.map((step) => [step, notes.stepsMs?.[step] ?? 0] as const);
    const totalMs = steps.reduce((sum, [, ms]) => sum + ms, 0);
    let at = Math.max(startTime, epochMs + notes.madeAtMs - totalMs);
    for (const [step, ms] of steps) {
      if (ms > 0) tracer.startSpan(step, { startTime: at }, within).end(at + ms);
      at += ms;
    }
  }
  span.end(startTime + durationMs);
  return span.spanContext();
}

/** OpenTelemetry's attributes of a server's span, without the address, the browser, and where the request came from. */
function attributesOf({ id, method, route, status, bytesOut, notes }: FinishedRequest): Attributes {
  const { code, bytesIn, model, widthPx, heightPx, receipt } = notes;
  return withoutAbsent({
    'http.request.method': method,
    'http.route': route,
    'http.response.status_code': status,
    'http.request.body.size': bytesIn,
    'http.response.body.size': bytesOut,
    'diorama.code': code,
    'diorama.request_id': id,
    'diorama.model': model,
    'diorama.width_px': widthPx,
    'diorama.height_px': heightPx,
    'diorama.batch_size': receipt?.batchSize,
    'diorama.cost_usd': receipt?.usd,
  });
}

function withoutAbsent(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
