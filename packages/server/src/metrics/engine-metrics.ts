import type { Diorama } from '@diorama/engine';
import type { PoolStats } from '@diorama/runtime';
import type { Registry } from 'prom-client';
import { addGauge, addTotal, type Sample } from './gauges.ts';
import { residentBytesOf } from './resident-bytes.ts';

/** The engine once it is warm, and while it lives. */
export type EngineSource = () => Diorama | undefined;

/** Adds how busy the engine's workers are, what they hold, and which models they run. */
export function addEngineMetrics(registry: Registry, engine: EngineSource): void {
  const ofEachPool = (figure: (stats: PoolStats) => number) => (): Sample[] =>
    poolsOf(engine()).map(([pool, stats]) => [{ pool }, figure(stats)]);
  const labels = ['pool'];

  addGauge(registry, {
    name: 'diorama_workers',
    help: 'Workers that a pool is meant to have.',
    labels,
    read: ofEachPool(({ size }) => size),
  });
  addGauge(registry, {
    name: 'diorama_workers_ready',
    help: 'Workers that can take work or are at it; fewer while one is replaced.',
    labels,
    read: ofEachPool(({ ready }) => ready),
  });
  addGauge(registry, {
    name: 'diorama_workers_busy',
    help: 'Workers that are at work.',
    labels,
    read: ofEachPool(({ busy }) => busy),
  });
  addGauge(registry, {
    name: 'diorama_workers_queued',
    help: 'Tasks that wait for a worker of the pool.',
    labels,
    read: ofEachPool(({ queued }) => queued),
  });
  addTotal(registry, {
    name: 'diorama_worker_crashes_total',
    help: 'Workers that ended without being asked to.',
    labels,
    read: ofEachPool(({ crashes }) => crashes),
  });
  addGauge(registry, {
    name: 'diorama_workers_resident_bytes',
    help: 'Memory of worker processes; workers that are threads count in the server itself.',
    labels,
    read: async () => (await Promise.all(poolsOf(engine()).map(residentOf))).flat(),
  });
  addGauge(registry, {
    name: 'diorama_model_info',
    help: 'Models that answer photos; always 1.',
    labels: ['model', 'version', 'sha256', 'licence', 'provider'],
    read: () => (engine()?.networks ?? []).map(describeNetwork),
  });
}

type NamedPool = readonly [name: string, stats: PoolStats];

/** A pool's name is `photos`, or that of a model that the operator chose. */
function poolsOf(engine: Diorama | undefined): NamedPool[] {
  if (engine === undefined) return [];
  const { photos, sessions } = engine.stats();
  const named = Object.entries(sessions).map(([id, stats]): NamedPool => [`session ${id}`, stats]);
  return [['photos', photos], ...named];
}

async function residentOf([pool, { pids }]: NamedPool): Promise<Sample[]> {
  if (pids.length === 0) return [];
  const bytes = await Promise.all(pids.map(residentBytesOf));
  return [[{ pool }, bytes.reduce<number>((sum, one) => sum + (one ?? 0), 0)]];
}

function describeNetwork({ card, provider }: Diorama['networks'][number]): Sample {
  const { id, version, sha256, licence } = card;
  return [{ model: id, version, sha256, licence: licence.spdx, provider }, 1];
}
