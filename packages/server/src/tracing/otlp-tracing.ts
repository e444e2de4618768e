import { ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { untilAborted } from '../deadline.ts';
import type { Log } from '../log.ts';
import { VERSION } from '../version.ts';
import type { Tracing } from './open-tracing.ts';
import { addRequestSpans } from './request-spans.ts';
import { WarningExporter } from './warning-exporter.ts';

/** What waits for a collector: about 2 KB a span, so 4 MB at the most. One more is dropped. */
const MAX_QUEUED_SPANS = 2048;
const MAX_BATCH_SPANS = 512;
const SEND_EVERY_MS = 5000;
/** For one batch, its repetitions included. */
const SEND_TIMEOUT_MS = 5000;
/** A server that ends does not wait longer for a collector that does not answer. */
const FLUSH_MS = 2000;

/**
 * Tracing to a collector that speaks OTLP over HTTP; spans go as JSON to `/v1/traces` below the address. What the SDK
 * itself reads from the environment (`OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER`, `OTEL_SERVICE_NAME`) holds.
 */
export function openOtlpTracing(endpoint: string, log: Log): Tracing {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: SEND_TIMEOUT_MS,
    concurrencyLimit: 2,
  });
  const processor = new BatchSpanProcessor(new WarningExporter(exporter, log), {
    maxQueueSize: MAX_QUEUED_SPANS,
    maxExportBatchSize: MAX_BATCH_SPANS,
    scheduledDelayMillis: SEND_EVERY_MS,
    exportTimeoutMillis: 2 * SEND_TIMEOUT_MS,
  });
  const own = resourceFromAttributes({ 'service.name': 'diorama', 'service.version': VERSION });
  const provider = new BasicTracerProvider({
    resource: own.merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer('@diorama/server', VERSION);
  return {
    record: (request) => {
      const { parent } = request;
      const context =
        parent === undefined
          ? ROOT_CONTEXT
          : trace.setSpanContext(ROOT_CONTEXT, {
              traceId: parent.traceId,
              spanId: parent.spanId,
              traceFlags: parent.isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
              isRemote: true,
            });
      const { traceId, spanId, traceFlags } = addRequestSpans(tracer, request, context);
      return { traceId, spanId, isSampled: (traceFlags & TraceFlags.SAMPLED) !== 0 };
    },
    close: () =>
      // The exporter's own waits outlast it; nobody does.
      untilAborted(provider.shutdown(), AbortSignal.timeout(FLUSH_MS)).catch(() => undefined),
  };
}
