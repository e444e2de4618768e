// The programs that stand one behind another: gateway, platform, container.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../prepare.mjs';

const MAIN = join(ROOT, 'packages', 'cli', 'dist', 'main.js');
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 15_000;
/** Nothing of the person who runs this: no settings, no credentials of their own. */
const BASE = { PATH: process.env.PATH ?? '', HOME: '/nonexistent' };

/** What a platform runs: the container's role, as it is in the image. */
export const CONTAINER = {
  command: process.execPath,
  args: [MAIN, 'predictor'],
  env: { ...BASE, DIORAMA_HOST: '127.0.0.1' },
};

/** `diorama serve` in a process of its own, once it is ready. */
export async function startGateway(env) {
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: { ...BASE, PORT: '0', DIORAMA_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endNow = () => child.kill('SIGKILL');
  process.once('exit', endNow);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece) => {
      said += piece;
    });
  }
  const stop = async () => {
    const timer = setTimeout(endNow, STOP_TIMEOUT_MS);
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    clearTimeout(timer);
    process.off('exit', endNow);
  };
  const endsAtMs = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < endsAtMs && child.exitCode === null) {
    const address = /serving on (http:\S+)/.exec(said)?.[1];
    const ready = address && (await fetch(`${address}/readyz`).catch(() => undefined));
    if (ready?.ok) return { address, stop, said: () => said };
    await sleep(50);
  }
  await stop();
  throw new Error(`The gateway did not start: ${said}`);
}
