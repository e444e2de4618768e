import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkerPool, type WorkerPool, type WorkerPoolOptions } from '@diorama/runtime';
import { onTestFinished } from 'vitest';

export type TestPool = WorkerPool<Record<string, unknown>, unknown>;

/** A pool of `workers/tasks.mjs` that ends with the test. */
export async function openTestPool(options: Partial<WorkerPoolOptions> = {}): Promise<TestPool> {
  const pool = await openWorkerPool<Record<string, unknown>, unknown>({
    workerUrl: new URL('./workers/tasks.mjs', import.meta.url),
    size: 1,
    maxQueued: 8,
    ...options,
  });
  onTestFinished(() => pool.dispose());
  return pool;
}

/** A path for a marker file that is not there yet, in a folder that ends with the test. */
export function markerPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'diorama-pool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'marker');
}

/** What a promise rejects with; fails when it does not. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Error & { code?: string }> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('Expected a rejection');
}

/** Resolves once `isTrue` answers true, asking again with every turn of the event loop. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}
