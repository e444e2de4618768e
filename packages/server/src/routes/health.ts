import { availableParallelism, cpus } from 'node:os';
import type { ModelCard, Readiness as ReadinessDocument } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { Diorama } from '@diorama/engine';
import type { FastifyInstance } from 'fastify';
import { PUBLIC } from '../public-routes.ts';
import type { Readiness } from '../readiness.ts';

/** `GET /healthz`: the process lives. `GET /readyz`: the model is warm, and which one on what. */
export function addHealthRoutes(app: FastifyInstance, readiness: Readiness): void {
  app.get('/healthz', { config: PUBLIC }, async () => ({ status: 'ok' }));
  app.get('/readyz', { config: PUBLIC }, async () => describeDiorama(readiness.warmDiorama()));
}

function describeDiorama({ networks }: Diorama): ReadinessDocument {
  const matte = networks.find(({ card }) => card.tasks.includes('matte'));
  const depth = networks.find(({ card }) => card.tasks.includes('depth'));
  const main = matte ?? depth;
  if (!main) throw new DioramaError('INTERNAL', 'The engine has no network.');
  const { provider } = main;
  return {
    status: 'ready',
    provider,
    device: provider === 'cpu' ? describeProcessor() : provider,
    model: describeModel(main.card),
    ...(depth && depth !== main ? { depthModel: describeModel(depth.card) } : {}),
  };
}

function describeModel({ id, version, sha256, licence }: ModelCard): ReadinessDocument['model'] {
  return { id, version, sha256, licence: licence.spdx };
}

function describeProcessor(): string {
  const model = cpus()[0]?.model.trim() || process.arch;
  return `${model}, ${availableParallelism()} threads`;
}
