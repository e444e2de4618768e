import type { Diorama } from '@diorama/engine';
import { createSealBox } from '@diorama/sealed';
import { type FastifyInstance, fastify } from 'fastify';
import { openDesk } from '../desk/open-desk.ts';
import { describeFinished } from '../finished-request.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics/open-metrics.ts';
import { addAnswerFacts } from '../plugins/answer-facts.ts';
import { addDraining, hookTimeoutMs } from '../plugins/draining.ts';
import { addExchanges } from '../plugins/exchange.ts';
import { addExpectations } from '../plugins/expectations.ts';
import { addLeftoverUploads } from '../plugins/leftover-uploads.ts';
import { addMethods } from '../plugins/methods.ts';
import {
  addProblems,
  answerClientFault,
  answerProblem,
  malformedRequest,
} from '../plugins/problems.ts';
import { logRequest } from '../plugins/request-log.ts';
import { addSecurityHeaders, SECURITY_HEADERS } from '../plugins/security-headers.ts';
import { addSlowReaders } from '../plugins/slow-readers.ts';
import { followReadiness } from '../readiness.ts';
import { addMetricsRoute } from '../routes/metrics.ts';
import type { OpenedSealBox } from '../seal/open-seal-box.ts';
import { openBodyReader } from './body-reader.ts';
import { describePredictor } from './describe-predictor.ts';
import { type Door, pathOf } from './door.ts';
import { addPredictionRoute, PREDICT_PATH } from './predict-route.ts';
import type { PredictorConfig } from './predictor-config.ts';

const HEALTH_PATH = '/health';
/** Statuses after which the same request may be answered, here or elsewhere. */
const MAY_PASS: ReadonlySet<number> = new Set([429, 503, 504]);
/** Where nothing is. */
const NOWHERE_PATH = '/-';

export interface PredictorAppParts {
  readonly door: Pick<Door, 'server' | 'setState'>;
  /** Pictures that come before it is there wait for it. */
  readonly diorama: Promise<Diorama>;
  readonly box: OpenedSealBox | undefined;
  readonly log: Log;
  readonly openMetrics: typeof import('../metrics/open-metrics.ts').openMetrics | undefined;
}

/** All that a predictor answers but its health, which its door says itself. Closing it waits for open requests, within a bound. */
export function buildPredictorApp(
  config: PredictorConfig,
  { door, diorama, box, log, openMetrics }: PredictorAppParts,
): FastifyInstance {
  const { maxBytes, requestTimeoutMs, googleCloudProject } = config;
  const readiness = followReadiness(diorama);
  const desk = openDesk(config, readiness);
  const seals = box ?? createSealBox([]);
  const reader = openBodyReader(config.maxQueued);
  const metrics: Metrics | undefined = openMetrics?.({
    engine: readiness.engine,
    desk: desk.stats,
  });
  const app = fastify({
    logger: false,
    pluginTimeout: hookTimeoutMs(config.drainMs),
    bodyLimit: maxBytes,
    serverFactory: () => door.server,
    // The platform's addresses hold ids of its own, and colons; a route is one of three, whatever it is called there.
    rewriteUrl: ({ url }) => innerPath(pathOf(url), config),
    return503OnClosing: false,
    clientErrorHandler: (error, socket) => {
      const code = answerClientFault(error, socket);
      if (code !== undefined) metrics?.noteRefusal(code);
    },
    frameworkErrors: (_error, request, reply) => {
      reply.headers(SECURITY_HEADERS);
      answerProblem(malformedRequest(), request, reply);
    },
  });
  const abortAll = addExchanges(app, {
    timeoutMs: requestTimeoutMs,
    onEnd: (request, reply, exchange) => {
      const finished = describeFinished(request, reply, exchange);
      metrics?.noteRequest(finished);
      logRequest(log, finished, { trace: finished.parent, googleCloudProject });
    },
  });
  addExpectations(app);
  addLeftoverUploads(app);
  addSlowReaders(app, { timeoutMs: config.sendTimeoutMs });
  addAnswerFacts(app);
  app.addHook('onSend', async (_request, reply, payload) => {
    // Whoever sends pictures to several predictors goes by it.
    if (MAY_PASS.has(reply.statusCode) && !reply.hasHeader('retry-after')) {
      reply.header('retry-after', 1);
    }
    return payload;
  });
  addSecurityHeaders(app);
  addProblems(app, { maxBytes });
  addMethods(app);
  const awaitPictures = addDraining(app, {
    readiness,
    desk,
    drainMs: config.drainMs,
    abortAll,
  });
  app.addHook('preClose', async () => door.setState('draining'));
  addPredictionRoute(app, {
    desk,
    reader,
    box: seals,
    isSealRequired: config.isSealRequired,
    describe: () => describePredictor(readiness.warmDiorama(), seals, config),
    maxBytes,
    log,
  });
  // The door answers it; here it is for what else is tried there.
  app.get(HEALTH_PATH, async (_request, reply) => reply.code(503).send());
  if (metrics) addMetricsRoute(app, metrics);
  app.addHook('preClose', awaitPictures);
  app.addHook('onClose', async () => {
    metrics?.close();
    box?.close();
    await reader.close();
  });
  readiness.started.then(
    () => reader.warm().catch(() => undefined), // the first large body tries again, and hears why
    () => undefined, // whoever waits hears why
  );
  return app;
}

/** The routes as they are called in here; what the platform did not name is nowhere. */
function innerPath(path: string, { healthRoute, predictRoute }: PredictorConfig): string {
  if (path === predictRoute) return PREDICT_PATH;
  if (path === healthRoute) return HEALTH_PATH;
  return path === PREDICT_PATH || path === HEALTH_PATH ? NOWHERE_PATH : path;
}
