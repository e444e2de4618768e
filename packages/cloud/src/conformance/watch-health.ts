import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { HealthWatchJob, HealthWatchResult } from './health-watch.ts';

const EVERY_MS = 5;

/** Asks for health again and again from now on, in a thread of its own, until it is ended. */
export async function watchHealth(
  url: string,
): Promise<{ readonly end: () => Promise<HealthWatchResult> }> {
  const idle = new Worker(new URL('./idle-server.js', import.meta.url));
  const [address] = (await once(idle, 'message')) as [AddressInfo]; // what idle-server.ts posts
  const idleUrl = `http://127.0.0.1:${address.port}/`;
  const workerData: HealthWatchJob = { url, idleUrl, everyMs: EVERY_MS };
  const watch = new Worker(new URL('./health-watch.js', import.meta.url), { workerData });
  return {
    end: async () => {
      const answered = once(watch, 'message');
      watch.postMessage('end');
      const [result] = (await answered) as [HealthWatchResult]; // what health-watch.ts posts
      await Promise.all([watch.terminate(), idle.terminate()]);
      return result;
    },
  };
}

/** Milliseconds within which 99 of 100 came; the slowest where there are fewer. */
export function p99(elapsedMs: readonly number[]): number {
  const sorted = [...elapsedMs].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.POSITIVE_INFINITY;
}
