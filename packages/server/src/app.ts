import type { Diorama } from '@diorama/engine';
import { type FastifyInstance, fastify } from 'fastify';
import { addCompatibleRoutes } from './compatible/add-compatible-routes.ts';
import type { ServerConfig } from './config.ts';
import { openDesk } from './desk/open-desk.ts';
import { addJobs } from './jobs/add-jobs.ts';
import { KEEP_ALIVE_MS } from './keep-alive.ts';
import { chargePhotos } from './keys/accounts.ts';
import { createLog, type LogStream } from './log.ts';
import { openObservation } from './observation.ts';
import type { OutboundNet } from './outbound/outbound-net.ts';
import { addAnswerFacts } from './plugins/answer-facts.ts';
import { addPhotoBodies } from './plugins/body.ts';
import { addCors } from './plugins/cors.ts';
import { addDraining, hookTimeoutMs } from './plugins/draining.ts';
import { addExchanges } from './plugins/exchange.ts';
import { addExpectations } from './plugins/expectations.ts';
import { addHosts } from './plugins/hosts.ts';
import { addKeys } from './plugins/keys.ts';
import { addLeftoverUploads } from './plugins/leftover-uploads.ts';
import { addMethods } from './plugins/methods.ts';
import { addOrigins } from './plugins/origins.ts';
import {
  addProblems,
  answerClientFault,
  answerProblem,
  malformedRequest,
} from './plugins/problems.ts';
import { addSecurityHeaders, SECURITY_HEADERS } from './plugins/security-headers.ts';
import { addSlowReaders } from './plugins/slow-readers.ts';
import { followReadiness } from './readiness.ts';
import { addDocsFiles } from './routes/docs-files.ts';
import { addDocsPage } from './routes/docs-page.ts';
import { addErrorsPage } from './routes/errors-page.ts';
import { addHealthRoutes } from './routes/health.ts';
import { addLayersRoute } from './routes/layers.ts';
import { addMetricsRoute } from './routes/metrics.ts';
import { addModelRoutes } from './routes/models.ts';
import { addOneLayerRoutes } from './routes/one-layer.ts';
import { addOpenApiRoute } from './routes/openapi.ts';
import { addPredictRoute } from './routes/predict.ts';
import { addSealKeysRoute } from './routes/seal-keys.ts';
import { addStudioRoutes } from './routes/studio.ts';
import { openSealedService } from './seal/open-sealed-service.ts';

export interface AppParts {
  /** The engine, or the promise of one: until it is there, photos wait and `/readyz` says no. */
  readonly diorama: Diorama | Promise<Diorama>;
  /** The built studio; where `npm run build` puts it by default. */
  readonly studioFolder?: string;
  readonly logStream?: LogStream;
  /** What the addresses that callers send are looked up in; the open internet, unless a test says otherwise. */
  readonly net?: OutboundNet;
}

/** The whole service without its socket. Closing it waits for open requests, within a bound. */
export function buildApp(config: ServerConfig, parts: AppParts): FastifyInstance {
  const { maxBytes, requestTimeoutMs } = config;
  const log = createLog(config.logLevel, parts.logStream);
  const readiness = followReadiness(parts.diorama);
  const photos = openDesk(config, readiness);
  const observation = openObservation({
    config,
    log,
    engine: readiness.engine,
    desk: photos.stats,
    jobs: () => jobs.countByState(),
  });
  const app = fastify({
    // Fastify's own lines quote whole addresses; the one line for a request is written in plugins/request-log.
    logger: false,
    pluginTimeout: hookTimeoutMs(config.drainMs),
    bodyLimit: maxBytes,
    // The deadline of a request covers its upload; the idle timeout of a socket must not end a long answer.
    requestTimeout: requestTimeoutMs,
    connectionTimeout: requestTimeoutMs + 30_000,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: {
      connectionsCheckingInterval: Math.min(5000, requestTimeoutMs),
      // Node swaps the two timeouts when this one is the longer.
      headersTimeout: Math.min(15_000, requestTimeoutMs),
      maxHeaderSize: 16_384,
    },
    // Requests on open connections are refused while draining, as problems, by the routes themselves.
    return503OnClosing: false,
    clientErrorHandler: (error, socket) => {
      const code = answerClientFault(error, socket);
      if (code !== undefined) observation.noteRefusal(code);
    },
    frameworkErrors: (_error, request, reply) => {
      // No hooks run for an address that cannot be read.
      reply.headers(SECURITY_HEADERS);
      answerProblem(malformedRequest(), request, reply);
      observation.noteRefusal('REQUEST_INVALID');
    },
  });

  const abortAll = addExchanges(app, {
    timeoutMs: requestTimeoutMs,
    onEnd: observation.noteEnd,
  });
  addExpectations(app);
  addLeftoverUploads(app);
  addSlowReaders(app, { timeoutMs: config.sendTimeoutMs });
  observation.attach(app);
  addAnswerFacts(app);
  addSecurityHeaders(app);
  addCors(app, config.corsOrigins);
  addProblems(app, { maxBytes });
  addHosts(app, config);
  addOrigins(app, config);
  const accounts = addKeys(app, config, log);
  addPhotoBodies(app, { maxBytes });
  addMethods(app);
  const awaitPhotos = addDraining(app, {
    readiness,
    desk: photos,
    drainMs: config.drainMs,
    abortAll,
  });

  const desk = observation.observe(chargePhotos(photos, accounts));
  addHealthRoutes(app, readiness, config);
  if (observation.metrics) addMetricsRoute(app, observation.metrics);
  addLayersRoute(app, desk);
  addOneLayerRoutes(app, desk);
  const sealed = openSealedService(app, config, { readiness, log });
  addPredictRoute(app, desk, sealed);
  addSealKeysRoute(app, sealed);
  const jobs = addJobs(app, { config, desk, log, net: parts.net });
  addModelRoutes(app, { readiness, sharedLicences: config.sharedLicences ?? [] });
  addCompatibleRoutes(app, config, { desk, readiness, accounts, net: parts.net });
  addStudioRoutes(app, parts.studioFolder);
  addDocsFiles(app);
  addErrorsPage(app);
  addOpenApiRoute(app);
  addDocsPage(app);
  app.addHook('preClose', awaitPhotos);

  return app;
}
