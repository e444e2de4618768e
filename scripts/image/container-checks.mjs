// What a platform relies on in a container besides its HTTP contract, looked at from outside.
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { childrenOf, runInside, signalTo } from './container.mjs';

const POLL_MS = 20;
/** How long a worker that was killed may take to be replaced, ms. */
const REPLACED_MS = 30_000;
/** Cloud Run kills ten seconds after SIGTERM. */
const STOP_MS = 10_000;

function check(isSo, what) {
  if (!isSo) throw new Error(`Not so in the container: ${what}`);
  console.log(`  ok  ${what}`);
}

function statusOf(pid) {
  const lines = readFileSync(`/proc/${pid}/status`, 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/:\s*/)));
}

/** Processes below one, with their states. */
function processesBelow(pid) {
  return childrenOf(pid).flatMap((child) => {
    try {
      return [{ pid: child, state: statusOf(child).State }, ...processesBelow(child)];
    } catch {
      return []; // it ended and nobody waits for it
    }
  });
}

/** Who the first process is, and what it may do. */
export async function checkProcess(container, healthcheck) {
  const { first } = container;
  const { Name, NSpid, Uid, Gid, Groups, CapEff } = statusOf(first);
  const [, own] = NSpid.split('\t');
  check(Name === 'node' && own === '1', 'node is process 1 and gets the signals');
  const accounts = new Set([...Uid.split('\t'), ...Gid.split('\t')]);
  check(accounts.size === 1 && !accounts.has('0') && Groups === '', 'it is not root');
  check(/^0+$/.test(CapEff), 'it has no capabilities');
  const [core] = /Max core file size.*/.exec(readFileSync(`/proc/${first}/limits`, 'utf8'));
  check(/ 1 +1 +bytes/.test(core), 'crashes leave no core dump, of workers neither');
  check((await runInside(container, healthcheck)) === 0, 'the health check of the image passes');
}

/** A worker process that dies is replaced, and nothing is left of it. */
export async function checkWorkers(container) {
  const before = processesBelow(container.first);
  check(before.length > 0, `${before.length} worker processes`);
  process.kill(Number(before[0].pid), 'SIGKILL');
  const isReplaced = () => {
    const now = processesBelow(container.first);
    const isGone = now.every(({ pid }) => pid !== before[0].pid);
    return isGone && now.length >= before.length && now.every(({ state }) => state[0] !== 'Z');
  };
  for (const untilMs = Date.now() + REPLACED_MS; !isReplaced() && Date.now() < untilMs; ) {
    await wait(POLL_MS);
  }
  check(isReplaced(), 'a killed worker is replaced and leaves no zombie');
}

/** It ends when it is asked to, in the time that platforms give. */
export async function checkStop(container) {
  const startedMs = performance.now();
  signalTo(container, 'SIGTERM');
  const code = await Promise.race([container.ended, wait(STOP_MS)]);
  const tookMs = Math.round(performance.now() - startedMs);
  check(code === 0, `SIGTERM ends it with exit code 0 (${tookMs} ms)`);
}
