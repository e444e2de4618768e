import { setTimeout as sleep } from 'node:timers/promises';
import { isDioramaError } from '@diorama/core';
import type { Check, CheckContext, CheckOutcome } from './check.ts';
import { CONNECTION_CHECKS } from './checks/connections.ts';
import { HEALTH_CHECKS } from './checks/health.ts';
import { JSON_CHECKS } from './checks/json.ts';
import { PARAMETER_CHECKS } from './checks/parameters.ts';
import { RAW_CHECKS } from './checks/raw.ts';
import { REFUSAL_CHECKS } from './checks/refusals.ts';
import { SEALED_CHECKS } from './checks/sealed.ts';
import { makePictures } from './pictures.ts';
import { type ConformanceTarget, openProbe, type Probe } from './probe.ts';
import { sealingProbe } from './sealing-probe.ts';

/** Everything that a container is held to, in the order in which it is asked. */
export const CONFORMANCE_CHECKS: readonly Check[] = [
  ...HEALTH_CHECKS,
  ...JSON_CHECKS,
  ...REFUSAL_CHECKS,
  ...PARAMETER_CHECKS,
  ...RAW_CHECKS,
  ...SEALED_CHECKS,
  ...CONNECTION_CHECKS,
];

export interface ConformanceOptions extends ConformanceTarget {
  /** Ids of the checks to make; all by default. */
  readonly only?: readonly string[] | undefined;
  /** Milliseconds that a predictor which says 503 may take to become ready; 60,000 by default. */
  readonly readyWithinMs?: number | undefined;
  /**
   * Milliseconds within which 99 of 100 health answers must come, beside what an idle server on the asking machine takes at the
   * same time; 10 by default, where the platform waits 10,000.
   */
  readonly healthWithinMs?: number | undefined;
  /** Is told of each check as it ends. */
  readonly onOutcome?: ((outcome: CheckOutcome) => void) | undefined;
}

/** Holds any running predictor to the contract of its container, one check after another. */
export async function runConformance(
  options: ConformanceOptions,
): Promise<readonly CheckOutcome[]> {
  const { only, readyWithinMs = 60_000, healthWithinMs = 10, onOutcome } = options;
  const probe = openProbe(options);
  const outcomes: CheckOutcome[] = [];
  try {
    const context: CheckContext = { probe, pictures: await makePictures(), healthWithinMs };
    const isThere = await waitUntilReady(probe, readyWithinMs);
    const wanted = CONFORMANCE_CHECKS.filter(({ id }) => only?.includes(id) ?? true);
    const sealing = isThere ? await openSealing(probe) : undefined;
    for (const check of wanted) {
      const outcome =
        isThere || check.id === 'port-open'
          ? await makeCheckFor(check, context, sealing)
          : failed(check, 'nothing answers there');
      outcomes.push(outcome);
      onOutcome?.(outcome);
    }
    return outcomes;
  } finally {
    probe.close();
  }
}

/**
 * A container that is loading says 503, or has not opened its port yet; whatever else it says is for the checks. Answers
 * whether it said anything: each check would wait in vain for one that does not.
 */
async function waitUntilReady({ ask, target }: Probe, readyWithinMs: number): Promise<boolean> {
  const endsAt = performance.now() + readyWithinMs;
  let isThere = false;
  while (performance.now() < endsAt) {
    const call = { method: 'GET', path: target.healthPath, timeoutMs: 10_000 };
    const status = await ask(call).then(
      (answer) => answer.status,
      () => undefined,
    );
    isThere ||= status !== undefined;
    if (status !== undefined && status !== 503) return true;
    await sleep(100);
  }
  return isThere;
}

/** What sends pictures to a predictor that takes them sealed only; `keyless` where it offers no key. */
async function openSealing(probe: Probe): Promise<Probe | 'keyless' | undefined> {
  const seal = await probe.describe().then(
    (said) => said.seal,
    () => undefined,
  );
  if (!seal?.isRequired) return undefined;
  const [key] = seal.keys;
  return key ? sealingProbe(probe, key) : 'keyless';
}

async function makeCheckFor(
  check: Check,
  context: CheckContext,
  sealing: Awaited<ReturnType<typeof openSealing>>,
): Promise<CheckOutcome> {
  if (sealing === undefined || check.sends === undefined) return makeCheck(check, context);
  if (sealing === 'keyless' || check.sends === 'open')
    return skip(check, 'it takes sealed pictures only');
  return { ...(await makeCheck(check, { ...context, probe: sealing })), isSealed: true };
}

async function makeCheck(check: Check, context: CheckContext): Promise<CheckOutcome> {
  const { id, says } = check;
  const startedAt = performance.now();
  const end = (result: CheckOutcome['result'], note?: string): CheckOutcome => ({
    id,
    says,
    result,
    elapsedMs: performance.now() - startedAt,
    ...(note === undefined ? {} : { note }),
  });
  try {
    const said = await check.run(context);
    if (typeof said === 'object') return end('skipped', said.skipped);
    return end('passed', said ?? undefined);
  } catch (error) {
    return end('failed', isDioramaError(error) ? error.message : `broke: ${String(error)}`);
  }
}

function skip({ id, says }: Check, note: string): CheckOutcome {
  return { id, says, result: 'skipped', note, elapsedMs: 0 };
}

function failed({ id, says }: Check, note: string): CheckOutcome {
  return { id, says, result: 'failed', note, elapsedMs: 0 };
}
