import type { FastifyInstance } from 'fastify';
import type { Readiness } from '../readiness.ts';

/** How long requests that were accepted may go on: within the ten seconds that platforms give before they kill. */
const DRAIN_MS = 8000;
/** How long aborted requests have to say so. */
const FAREWELL_MS = 500;

export interface DrainingParts {
  readonly readiness: Readiness;
  /** Aborts the work of every open request. */
  readonly abortAll: () => void;
}

/** Makes closing refuse what is new, wait for what is open, and end it all within a bound. */
export function addDraining(app: FastifyInstance, { readiness, abortAll }: DrainingParts): void {
  let isDraining = false;
  app.addHook('preClose', async () => {
    isDraining = true;
    readiness.drain();
    setTimeout(() => {
      abortAll();
      setTimeout(() => app.server.closeAllConnections(), FAREWELL_MS).unref();
    }, DRAIN_MS).unref();
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    // A connection that was busy when the closing began would otherwise be kept open for a next request.
    if (isDraining) reply.header('connection', 'close');
    return payload;
  });
}
