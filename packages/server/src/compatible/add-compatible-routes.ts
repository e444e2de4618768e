import type { FastifyInstance } from 'fastify';
import type { ServerConfig } from '../config.ts';
import type { PhotoDesk } from '../desk/photo-desk.ts';
import type { Accounts } from '../keys/accounts.ts';
import { fetchPhoto } from '../outbound/fetch-photo.ts';
import type { OutboundNet } from '../outbound/outbound-net.ts';
import type { Readiness } from '../readiness.ts';
import type { FetchPhoto } from './fetch-photo.ts';
import { addRembgRoutes, type OpenModels } from './rembg/routes.ts';
import type { CreditsOf } from './removebg/account.ts';
import { addRemoveBgRoutes } from './removebg/routes.ts';

export interface CompatibleParts {
  readonly desk: PhotoDesk;
  readonly readiness: Readiness;
  readonly accounts: Accounts;
  /** The open internet, unless a test says otherwise. */
  readonly net?: OutboundNet | undefined;
}

/** The routes that answer as other services do, each in a scope with bodies and refusals of its own. */
export function addCompatibleRoutes(
  app: FastifyInstance,
  config: Pick<ServerConfig, 'maxBytes' | 'urlHosts' | 'urlTimeoutMs'>,
  parts: CompatibleParts,
): void {
  const { desk, readiness, accounts, net } = parts;
  const { maxBytes, urlHosts, urlTimeoutMs } = config;
  const fetching = { hosts: urlHosts, timeoutMs: urlTimeoutMs, maxBytes, net };
  const fetch: FetchPhoto = (url, { signal }) => fetchPhoto(url, { ...fetching, signal });
  const creditsOf: CreditsOf = (callerId) => {
    const usage = accounts.usageOf(callerId);
    if (usage?.photosPerMonth === undefined) return undefined;
    return Math.max(0, usage.photosPerMonth - usage.photos - usage.inWork);
  };
  const shared = { desk, maxBytes, fetchPhoto: fetch };
  addScope(app, (scope) => addRemoveBgRoutes(scope, { ...shared, creditsOf }));
  const openModels: OpenModels = async (signal) => {
    const { networks } = await readiness.diorama(signal);
    return networks.map(({ card }) => card.id);
  };
  addScope(app, (scope) => addRembgRoutes(scope, { ...shared, openModels }));
}

function addScope(app: FastifyInstance, add: (scope: FastifyInstance) => void): void {
  void app.register((scope, _options, done) => {
    add(scope);
    done();
  });
}
