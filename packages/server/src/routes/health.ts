import { availableParallelism, cpus } from 'node:os';
import type { Readiness as ReadinessDocument } from '@diorama/contract';
import type { Diorama } from '@diorama/engine';
import type { FastifyInstance } from 'fastify';
import type { Readiness } from '../readiness.ts';

/** `GET /healthz`: the process lives. `GET /readyz`: the model is warm, and which one on what. */
export function addHealthRoutes(app: FastifyInstance, readiness: Readiness): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async () => describeDiorama(readiness.warmDiorama()));
}

function describeDiorama({ card, provider }: Diorama): ReadinessDocument {
  return {
    status: 'ready',
    provider,
    device: provider === 'cpu' ? describeProcessor() : provider,
    model: {
      id: card.id,
      version: card.version,
      sha256: card.sha256,
      licence: card.licence.spdx,
    },
  };
}

function describeProcessor(): string {
  const model = cpus()[0]?.model.trim() || process.arch;
  return `${model}, ${availableParallelism()} threads`;
}
