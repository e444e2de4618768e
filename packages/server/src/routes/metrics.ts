import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../metrics/open-metrics.ts';

/** `GET /metrics`: figures for Prometheus. They tell about work, so that a server with keys asks for one. */
export function addMetricsRoute(app: FastifyInstance, { registry }: Metrics): void {
  app.get('/metrics', async (_request, reply) =>
    reply.header('content-type', registry.contentType).send(await registry.metrics()),
  );
}
