import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DioramaError } from '@diorama/core';
import { findFreePort } from '../free-port.ts';
import { ROOT } from '../root.ts';
import { treeRssBytes } from './tree-rss.ts';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 50;

/** The service as its operator runs it: a process of its own, warm. */
export interface ServerProcess {
  readonly address: string;
  /** Resident memory of it and all processes that it started. */
  readonly rssBytes: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Starts the built server on a free port and waits until it is ready. @throws DioramaError `INTERNAL` */
export async function startServer(
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const port = await findFreePort();
  const main = join(ROOT, 'packages', 'server', 'dist', 'main.js');
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: String(port), DIORAMA_LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const endNow = () => child.kill('SIGKILL');
  process.once('exit', endNow);
  const address = `http://127.0.0.1:${port}`;
  await untilReady(child, address);
  return {
    address,
    rssBytes: () => treeRssBytes(child.pid ?? 0),
    stop: async () => {
      process.off('exit', endNow);
      await stop(child);
    },
  };
}

async function untilReady(child: ChildProcess, address: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${address}/readyz`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await sleep(POLL_MS);
  }
  child.kill('SIGKILL');
  throw new DioramaError('INTERNAL', 'the server did not become ready');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await closed;
  clearTimeout(late);
}
