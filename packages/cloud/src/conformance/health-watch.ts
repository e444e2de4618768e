import { Agent, request } from 'node:http';
import { Agent as HttpsAgent, request as secureRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

// In a thread of its own, so that what is measured is the predictor and not who saturates it.

export interface HealthWatchJob {
  readonly url: string;
  /** One request after another, so long after the answer to the one before. */
  readonly everyMs: number;
}

/** What it found: milliseconds of each answer of 200, and how many others there were. */
export interface HealthWatchResult {
  readonly elapsedMs: readonly number[];
  readonly bad: number;
}

const TIMEOUT_MS = 10_000;

const { url, everyMs } = workerData as HealthWatchJob; // what watchHealth hands over
const isSecure = url.startsWith('https:');
const agent = isSecure
  ? new HttpsAgent({ keepAlive: true, maxSockets: 1 })
  : new Agent({ keepAlive: true, maxSockets: 1 });
const elapsedMs: number[] = [];
let bad = 0;
let isOver = false;

parentPort?.once('message', () => {
  isOver = true;
});
while (!isOver) {
  const startedAt = performance.now();
  const status = await askOnce();
  if (status === 200) elapsedMs.push(performance.now() - startedAt);
  else bad++;
  await sleep(everyMs);
}
agent.destroy();
parentPort?.postMessage({ elapsedMs, bad } satisfies HealthWatchResult);

function askOnce(): Promise<number> {
  return new Promise((resolve) => {
    const outgoing = (isSecure ? secureRequest : request)(url, {
      agent,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    outgoing.on('error', () => resolve(0));
    outgoing.on('response', (incoming) => {
      incoming.resume();
      incoming.on('end', () => resolve(incoming.statusCode ?? 0));
      incoming.on('error', () => resolve(0));
    });
    outgoing.end();
  });
}
