import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Check, CheckContext } from '../check.ts';
import { expectProblem, expectThat, unmet } from '../expectations.ts';
import type { HealthWatchResult } from '../health-watch.ts';
import { imageInstance } from '../planes.ts';
import { p99, watchHealth } from '../watch-health.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const IDLE_MS = 1000;
const LOADED_MS = 2500;
const ROUNDS = 3;
/** Requests that are kept in flight to saturate a predictor; each is one or more pictures. */
const IN_FLIGHT = 8;

/** What the platform asks of a container before it hands it anything (facts 1.3 to 1.5). */
export const HEALTH_CHECKS: readonly Check[] = [
  {
    id: 'port-open',
    says: 'the port takes connections',
    run: async ({ probe: { target } }) => {
      const { hostname, port, protocol } = new URL(target.origin);
      await connectOnce(hostname, Number(port || (protocol === 'https:' ? 443 : 80)));
    },
  },
  {
    id: 'health-200',
    says: 'health answers GET with 200 and nothing else',
    run: async ({ probe }) => {
      const answer = await probe.ask({ method: 'GET', path: probe.target.healthPath });
      expectThat(answer.status === 200, `answered ${answer.status} instead of 200`);
    },
  },
  {
    id: 'health-quick',
    says: 'health answers at once while nothing else is asked',
    run: (context) => measureHealth(context, async () => sleep(IDLE_MS)),
  },
  {
    id: 'health-under-load',
    says: 'health answers at once while predictions saturate it',
    sends: 'pictures',
    run: (context) => measureHealth(context, () => saturate(context)),
  },
  {
    id: 'other-routes-404',
    says: 'routes that it does not have are refused with 404',
    run: async ({ probe }) => {
      for (const path of ['/no-such-route', `${probe.target.predictPath}/more`]) {
        expectProblem(await probe.ask({ method: 'GET', path }), [404]);
      }
      const headers = { 'content-type': 'application/json' };
      const call = { method: 'POST', path: '/no-such-route', headers, body: '{}' };
      expectProblem(await probe.ask(call), [404]);
    },
  },
];

function connectOnce(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: CONNECT_TIMEOUT_MS });
    const end = (isOpen: boolean) => {
      socket.destroy();
      if (isOpen) resolve();
      else reject(unmet('the port is closed'));
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

/**
 * What the machine itself takes is allowed for: a predictor that uses every core is still quick if an idle server beside it
 * waits as long. A predictor that is slow is so each time; a busy machine is not.
 */
async function measureHealth(
  { probe, healthWithinMs }: CheckContext,
  during: () => Promise<unknown>,
): Promise<string> {
  const { origin, healthPath } = probe.target;
  for (let round = 1; ; round++) {
    const { elapsedMs, idleMs, bad } = await watchDuring(new URL(healthPath, origin).href, during);
    expectThat(bad === 0, `${bad} of ${bad + elapsedMs.length} answers were not 200`);
    const [p99Ms, idleP99Ms] = [p99(elapsedMs), p99(idleMs)];
    const note = `p99 ${p99Ms.toFixed(1)} ms, an idle server beside it ${idleP99Ms.toFixed(1)} ms`;
    if (p99Ms <= healthWithinMs + idleP99Ms) return note;
    expectThat(round < ROUNDS, `${note}: more than ${healthWithinMs} ms more, ${ROUNDS} times`);
  }
}

async function watchDuring(
  url: string,
  during: () => Promise<unknown>,
): Promise<HealthWatchResult> {
  const watch = await watchHealth(url);
  const fault = await during().then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  // Its threads end whatever happened.
  const result = await watch.end();
  if (fault) throw fault.error;
  return result;
}

/** Keeps as many requests in flight, raw and JSON in turn; refusals for want of room belong to it. */
async function saturate({ probe, pictures }: CheckContext): Promise<void> {
  const endsAt = performance.now() + LOADED_MS;
  const instances = pictures.scenes.map(imageInstance);
  const [jpeg = new Uint8Array()] = pictures.scenes;
  const lane = async (isRaw: boolean) => {
    while (performance.now() < endsAt) {
      if (isRaw) await probe.postRaw(jpeg, 'image/jpeg');
      else await probe.postJson({ instances });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, (_, n) => lane(n % 2 === 0)));
}
