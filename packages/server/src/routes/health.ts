import { availableParallelism, cpus } from 'node:os';
import type { ModelCard, Readiness as ReadinessDocument } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { Diorama } from '@diorama/engine';
import type { PlaceStats } from '@diorama/runtime';
import type { FastifyInstance } from 'fastify';
import type { ServerConfig } from '../config.ts';
import { PUBLIC } from '../public-routes.ts';
import type { Readiness } from '../readiness.ts';

const ALIVE = Buffer.from('{"status":"ok"}');

/**
 * `GET /healthz`: the process lives. `GET /readyz`: the model is warm, and which one on what. Both answer what was written
 * down before, so that they cost nothing when everything else is busy; only how predictors elsewhere fare is looked up.
 */
export function addHealthRoutes(
  app: FastifyInstance,
  readiness: Readiness,
  { isolation }: Pick<ServerConfig, 'isolation'>,
): void {
  let ready: Buffer | undefined;
  app.get('/healthz', { config: PUBLIC }, async (_request, reply) =>
    reply.type('application/json').send(ALIVE),
  );
  app.get('/readyz', { config: PUBLIC }, async (_request, reply) => {
    const diorama = readiness.warmDiorama();
    ready ??= Buffer.from(JSON.stringify(describeDiorama(diorama, isolation)));
    const { places } = diorama.stats();
    return reply.type('application/json').send(places ? withPlaces(ready, places) : ready);
  });
}

function describeDiorama(
  diorama: Diorama,
  isolation: ServerConfig['isolation'],
): ReadinessDocument {
  const { networks } = diorama;
  const matte = networks.find(({ card }) => card.tasks.includes('matte'));
  const depth = networks.find(({ card }) => card.tasks.includes('depth'));
  const main = matte ?? depth;
  if (!main) throw new DioramaError('INTERNAL', 'The engine has no network.');
  const { provider } = main;
  const { photos, sessions } = diorama.stats();
  return {
    status: 'ready',
    provider,
    device: provider === 'cpu' ? describeProcessor() : provider,
    isolation,
    sessions: Object.values(sessions).reduce((sum, { size }) => sum + size, 0),
    photoWorkers: photos.size,
    model: describeModel(main.card),
    ...(depth && depth !== main ? { depthModel: describeModel(depth.card) } : {}),
  };
}

/** The document with what changes from one moment to the next. */
function withPlaces(ready: Buffer, places: readonly PlaceStats[]): Buffer {
  const predictors = places.map(({ name: _name, hedged: _hedged, ...told }) => told);
  const said = JSON.stringify({ predictors });
  return Buffer.concat([ready.subarray(0, -1), Buffer.from(`,${said.slice(1)}`)]);
}

function describeModel({ id, version, sha256, licence }: ModelCard): ReadinessDocument['model'] {
  return { id, version, sha256, licence: licence.spdx };
}

function describeProcessor(): string {
  const model = cpus()[0]?.model.trim() || process.arch;
  return `${model}, ${availableParallelism()} threads`;
}
