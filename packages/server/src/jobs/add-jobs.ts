import type { FastifyInstance } from 'fastify';
import type { ServerConfig } from '../config.ts';
import type { PhotoDesk } from '../desk/photo-desk.ts';
import type { Log } from '../log.ts';
import type { OutboundNet } from '../outbound/outbound-net.ts';
import { addJobEventsRoute } from '../routes/job-events.ts';
import { addJobResultRoute } from '../routes/job-result.ts';
import { addJobRoutes } from '../routes/jobs.ts';
import { openWebhooks } from '../webhooks/open-webhooks.ts';
import { JobStore } from './job-store.ts';

/** How long a server that ends waits for the results of jobs that were done at last to be fetched. */
const FETCH_MS = 2000;
/** How long the webhooks of jobs that failed at last may take, when the time to drain is over. */
const LAST_WEBHOOKS_MS = 500;

export interface JobsOptions {
  readonly config: ServerConfig;
  readonly desk: PhotoDesk;
  readonly log: Log;
  readonly net?: OutboundNet | undefined;
}

/**
 * Work that goes on behind the back of its caller, under an id: its routes, its webhooks, and its end with the server.
 * Answers where the jobs are kept.
 */
export function addJobs(
  app: FastifyInstance,
  { config, desk, log, net }: JobsOptions,
): Pick<JobStore, 'countByState'> {
  const store = new JobStore(config);
  const webhooks = openWebhooks({ config, log, net });
  const { maxPixels, jobKeepSeconds } = config;
  const parts = { store, webhooks, desk, log, maxPixels, keepMs: jobKeepSeconds * 1000 };
  addJobRoutes(app, parts);
  addJobEventsRoute(app, parts);
  addJobResultRoute(app, parts);
  // The server still answers meanwhile, so that whoever waits for a job hears of its end.
  app.addHook('preClose', async () => {
    const startedAtMs = performance.now();
    await store.drain(AbortSignal.timeout(config.drainMs), FETCH_MS);
    const leftMs = Math.max(LAST_WEBHOOKS_MS, startedAtMs + config.drainMs - performance.now());
    await webhooks.drain(AbortSignal.timeout(Math.ceil(leftMs)));
  });
  return store;
}
