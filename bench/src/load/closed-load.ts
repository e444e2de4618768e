import autocannon from 'autocannon';
import type { LoadAnswer, LoadPlan } from './load-plan.ts';

const TIMEOUT_SECONDS = 120;

/** So many connections that each send their next request when the last one is answered; autocannon drives them. */
export async function generateClosedLoad(
  { address, requests, durationMs, maxRequests }: LoadPlan,
  connections: number,
): Promise<LoadAnswer[]> {
  const answers: LoadAnswer[] = [];
  const startedAt = performance.now();
  const run = autocannon({
    url: address,
    connections,
    duration: durationMs / 1000,
    ...(maxRequests === undefined ? {} : { amount: maxRequests }),
    timeout: TIMEOUT_SECONDS,
    requests: requests.map(({ body, ...request }) => ({
      ...request,
      ...(body === undefined ? {} : { body: Buffer.from(body, 'base64') }),
    })),
  });
  run.on('response', (_client, status, _bytes, latencyMs) => {
    const sentAtMs = performance.now() - startedAt - latencyMs;
    answers.push({ status, sentAtMs, latencyMs });
  });
  run.on('reqError', () => {
    answers.push({ status: 0, sentAtMs: performance.now() - startedAt, latencyMs: 0 });
  });
  await run;
  return answers;
}
