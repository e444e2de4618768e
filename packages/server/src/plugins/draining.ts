import type { FastifyInstance } from 'fastify';
import { untilAborted } from '../deadline.ts';
import type { PhotoDesk } from '../desk/photo-desk.ts';
import type { Readiness } from '../readiness.ts';

/** How long aborted requests have to say so. */
const FAREWELL_MS = 500;
/** What hooks may take that wait for no photo: ten seconds are Fastify's own bound. */
const HOOK_MS = 10_000;

export interface DrainingParts {
  readonly readiness: Readiness;
  readonly desk: Pick<PhotoDesk, 'untilEmpty'>;
  /** How long requests that were accepted may go on. */
  readonly drainMs: number;
  /** Aborts the work of every open request. */
  readonly abortAll: () => void;
}

/**
 * Fastify's `pluginTimeout`, which bounds each hook: one that is not done by then ends the closing, and with it every open
 * request.
 */
export function hookTimeoutMs(drainMs: number): number {
  return drainMs + HOOK_MS;
}

/**
 * Makes closing refuse what is new, wait for what is open, and end it all within a bound. While photos are waited for the
 * server still listens, so that whoever comes hears from it that it is going: `/readyz` says no, photos are refused.
 *
 * Answers what waits for the photos, to be the last hook of `preClose`: others wait for some of them, too.
 */
export function addDraining(app: FastifyInstance, parts: DrainingParts): () => Promise<void> {
  const { readiness, desk, drainMs, abortAll } = parts;
  let isDraining = false;
  let endsAtMs = 0;
  app.addHook('preClose', async () => {
    isDraining = true;
    endsAtMs = performance.now() + drainMs;
    readiness.drain();
    setTimeout(() => {
      abortAll();
      setTimeout(() => app.server.closeAllConnections(), FAREWELL_MS).unref();
    }, drainMs).unref();
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    // A connection that was busy when the closing began would otherwise be kept open for a next request.
    if (isDraining) reply.header('connection', 'close');
    return payload;
  });

  return async () => {
    const leftMs = Math.ceil(Math.max(0, endsAtMs - performance.now()));
    await untilAborted(desk.untilEmpty(), AbortSignal.timeout(leftMs)).catch(() => undefined);
  };
}
