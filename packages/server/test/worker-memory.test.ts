import { createDiorama } from '@diorama/engine';
import { buildApp, loadConfig } from '@diorama/server';
import { describe, expect, it } from 'vitest';
import { sampleOf } from './prometheus-text.ts';

const MEBI = 2 ** 20;

/** Reads the metrics of a server whose workers are of a kind. */
async function metricsWith(isolation: 'process' | 'thread'): Promise<string> {
  const diorama = await createDiorama({ isolation, photoWorkers: 2 });
  const app = buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'silent' }), { diorama });
  const { payload } = await app.inject('/metrics');
  await app.close();
  await diorama.dispose();
  return payload;
}

describe.runIf(process.platform === 'linux')('the memory of workers', () => {
  it('is told of processes, by pool', async () => {
    const text = await metricsWith('process');
    for (const pool of ['photos', 'session diorama-s']) {
      const bytes = sampleOf(text, `diorama_workers_resident_bytes{pool="${pool}"}`);
      expect(bytes).toBeGreaterThan(20 * MEBI);
    }
  });

  it('is not told of threads, which have none of their own', async () => {
    expect(await metricsWith('thread')).not.toContain('diorama_workers_resident_bytes{');
  });
});
