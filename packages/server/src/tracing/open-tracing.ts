import type { ServerConfig } from '../config.ts';
import type { FinishedRequest } from '../finished-request.ts';
import type { Log } from '../log.ts';
import type { TraceContext } from './trace-context.ts';

/** Sends spans of finished requests to a collector. */
export interface Tracing {
  /** Makes the spans of a request, and answers where its own stands in its trace. */
  readonly record: (request: FinishedRequest) => TraceContext;
  /** Sends what is left, within a bound. */
  readonly close: () => Promise<void>;
}

/** Opens tracing where a collector is set. Without one, nothing of OpenTelemetry's SDK is even loaded. */
export async function openTracing(
  { otlpEndpoint }: Pick<ServerConfig, 'otlpEndpoint'>,
  log: Log,
): Promise<Tracing | undefined> {
  if (otlpEndpoint === undefined) return undefined;
  const { openOtlpTracing } = await import('./otlp-tracing.ts');
  return openOtlpTracing(otlpEndpoint, log);
}
