import type { ErrorCode } from '@diorama/core';
import type { Diorama } from '@diorama/engine';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServerConfig } from './config.ts';
import { observeDesk } from './desk/observed-desk.ts';
import type { PhotoDesk } from './desk/photo-desk.ts';
import { describeFinished } from './finished-request.ts';
import type { Log } from './log.ts';
import { type Metrics, type MetricsSources, openMetrics } from './metrics/open-metrics.ts';
import type { Exchange } from './plugins/exchange.ts';
import { logRequest } from './plugins/request-log.ts';
import { openReceipts } from './receipts.ts';
import { openTracing, type Tracing } from './tracing/open-tracing.ts';

/** What the server says of its work: a line in the log, figures, spans. None of it says whose photo it was. */
export interface Observation {
  /** Absent where they are switched off. */
  readonly metrics: Metrics | undefined;
  /** Told of each request once, when its answer is out or its caller gone. */
  readonly noteEnd: (request: FastifyRequest, reply: FastifyReply, exchange: Exchange) => void;
  /** For what is refused before it is a request. */
  readonly noteRefusal: (code: ErrorCode) => void;
  /** A desk whose photos are counted and get their receipts. */
  readonly observe: (desk: PhotoDesk) => PhotoDesk;
  /** Opens what takes time to open before the server listens, and ends it with the server. */
  readonly attach: (app: FastifyInstance) => void;
}

export interface ObservationOptions extends MetricsSources {
  readonly config: ServerConfig;
  readonly log: Log;
  readonly engine: () => Diorama | undefined;
}

/** Observes a server from its start to its end. */
export function openObservation(options: ObservationOptions): Observation {
  const { config, log, engine } = options;
  const { googleCloudProject } = config;
  const metrics = config.hasMetrics ? openMetrics(options) : undefined;
  const receiptOf = openReceipts(config, engine);
  let tracing: Tracing | undefined;
  return {
    metrics,
    attach: (app) => {
      app.addHook('onReady', async () => {
        tracing = await openTracing(config, log);
        // The first reading takes ten times as long as later ones; nobody waits for it now.
        await metrics?.registry.metrics();
      });
      app.addHook('onClose', async () => {
        metrics?.close();
        await tracing?.close();
      });
    },
    noteEnd: (request, reply, exchange) => {
      const finished = describeFinished(request, reply, exchange);
      metrics?.noteRequest(finished);
      const trace = tracing?.record(finished) ?? finished.parent;
      logRequest(log, finished, { trace, googleCloudProject });
    },
    noteRefusal: (code) => metrics?.noteRefusal(code),
    observe: (desk) =>
      observeDesk(desk, { receiptOf, onOutcome: (outcome) => metrics?.notePhoto(outcome) }),
  };
}
