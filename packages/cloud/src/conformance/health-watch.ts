import { Agent, request } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

// In a thread of its own, so that what is measured is the predictor and not who saturates it.

export interface HealthWatchJob {
  readonly url: string;
  /** Of a server that does nothing else, asked in turn with the predictor. */
  readonly idleUrl: string;
  /** One pair of requests after another, so long after the one before. */
  readonly everyMs: number;
}

/** What it found: milliseconds of each answer of 200, and how many others there were. */
export interface HealthWatchResult {
  readonly elapsedMs: readonly number[];
  readonly idleMs: readonly number[];
  readonly bad: number;
}

const TIMEOUT_MS = 10_000;

const { url, idleUrl, everyMs } = workerData as HealthWatchJob; // what watchHealth hands over
const agents = {
  plain: new Agent({ keepAlive: true, maxSockets: 1 }),
  idle: new Agent({ keepAlive: true, maxSockets: 1 }),
  secure: new SecureAgent({ keepAlive: true, maxSockets: 1 }),
};
const isSecure = url.startsWith('https:');
const [ask, agent] = isSecure ? [secureRequest, agents.secure] : [request, agents.plain];
const elapsedMs: number[] = [];
const idleMs: number[] = [];
let bad = 0;
let isOver = false;

parentPort?.once('message', () => {
  isOver = true;
});
while (!isOver) {
  const took = await timeOf(() => ask(url, { agent, signal: AbortSignal.timeout(TIMEOUT_MS) }));
  if (took === undefined) bad++;
  else elapsedMs.push(took);
  const beside = await timeOf(() => request(idleUrl, { agent: agents.idle }));
  if (beside !== undefined) idleMs.push(beside);
  await sleep(everyMs);
}
for (const one of Object.values(agents)) one.destroy();
parentPort?.postMessage({ elapsedMs, idleMs, bad } satisfies HealthWatchResult);

/** Milliseconds to the end of an answer of 200; undefined where there was none. */
function timeOf(open: () => ReturnType<typeof request>): Promise<number | undefined> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const outgoing = open();
    outgoing.on('error', () => resolve(undefined));
    outgoing.on('response', (incoming) => {
      incoming.resume();
      incoming.on('error', () => resolve(undefined));
      incoming.on('end', () =>
        resolve(incoming.statusCode === 200 ? performance.now() - startedAt : undefined),
      );
    });
    outgoing.end();
  });
}
