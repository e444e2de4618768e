import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { HealthWatchJob, HealthWatchResult } from './health-watch.ts';

/** Asks for health again and again from now on, in a thread of its own, until it is ended. */
export function watchHealth(job: HealthWatchJob): {
  readonly end: () => Promise<HealthWatchResult>;
} {
  const worker = new Worker(new URL('./health-watch.js', import.meta.url), { workerData: job });
  return {
    end: async () => {
      const answered = once(worker, 'message');
      worker.postMessage('end');
      const [result] = (await answered) as [HealthWatchResult]; // what health-watch.ts posts
      await worker.terminate();
      return result;
    },
  };
}

/** Milliseconds within which 99 of 100 came; the slowest where there are fewer. */
export function p99(elapsedMs: readonly number[]): number {
  const sorted = [...elapsedMs].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.POSITIVE_INFINITY;
}
