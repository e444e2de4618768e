import { Agent, request as sendRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadAnswer, LoadPlan, PlannedRequest } from './load-plan.ts';

const TIMEOUT_MS = 120_000;
/** More are never open at once: beyond it the generator, not the server, would be measured. */
const MAX_OPEN = 2000;

/**
 * Requests at a steady rate, whether or not earlier ones are answered. Not autocannon's, which holds a rate only where
 * each of its connections is answered within a second.
 */
export async function generateOpenLoad(
  { address, requests, durationMs, maxRequests = Number.POSITIVE_INFINITY }: LoadPlan,
  ratePerSecond: number,
): Promise<LoadAnswer[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_OPEN });
  const bodies = requests.map(({ body }) => Buffer.from(body ?? '', 'base64'));
  const open: Promise<LoadAnswer>[] = [];
  const startedAt = performance.now();
  const count = Math.min(maxRequests, Math.floor((durationMs * ratePerSecond) / 1000));
  for (let n = 0; n < count; n++) {
    const dueMs = (n * 1000) / ratePerSecond;
    const early = dueMs - (performance.now() - startedAt);
    if (early > 0) await sleep(early);
    const at = n % requests.length;
    // Both lists have a request and its body at each place below their length.
    const planned = requests[at] as PlannedRequest;
    open.push(send(planned, { address, body: bodies[at] as Buffer, agent, startedAt }));
  }
  const answers = await Promise.all(open);
  agent.destroy();
  return answers;
}

function send(
  { method, path, headers }: PlannedRequest,
  to: {
    readonly address: string;
    readonly body: Buffer;
    readonly agent: Agent;
    readonly startedAt: number;
  },
): Promise<LoadAnswer> {
  const sentAt = performance.now();
  const sentAtMs = sentAt - to.startedAt;
  return new Promise((resolve) => {
    const fail = () => resolve({ status: 0, sentAtMs, latencyMs: performance.now() - sentAt });
    const outgoing = sendRequest(new URL(path, to.address), {
      method,
      agent: to.agent,
      headers: { ...headers, 'content-length': to.body.length },
      timeout: TIMEOUT_MS,
    });
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', fail);
    outgoing.on('response', (response) => {
      const retryAfter = response.headers['retry-after'];
      response.on('error', fail).resume();
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          sentAtMs,
          latencyMs: performance.now() - sentAt,
          ...(retryAfter === undefined ? {} : { retryAfterSeconds: Number(retryAfter) }),
        }),
      );
    });
    outgoing.end(to.body);
  });
}
