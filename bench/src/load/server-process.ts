import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DioramaError } from '@diorama/core';
import { findFreePort } from '@diorama/fixtures';
import { ROOT } from '../root.ts';
import { treeRssBytes } from './tree-rss.ts';

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 10;

/** The service as its operator runs it: a process of its own, warm. */
export interface ServerProcess {
  readonly address: string;
  /** From spawning it to the first good answer on whether it is ready, asked every 10 ms. */
  readonly readyMs: number;
  /** Resident memory of it and all processes that it started. */
  readonly rssBytes: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Starts the built server on a free port and waits until it is ready. @throws DioramaError `INTERNAL` */
export function startServer(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  return start(['server', 'dist', 'main.js'], [], { env, readyPath: '/readyz' });
}

/** The same of the predictor, as its container runs it. @throws DioramaError `INTERNAL` */
export function startPredictor(env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  return start(['cli', 'dist', 'main.js'], ['predictor'], { env, readyPath: '/health' });
}

interface StartOptions {
  readonly env: Readonly<Record<string, string>>;
  /** What answers well once it is warm. */
  readonly readyPath: string;
}

async function start(
  main: readonly string[],
  args: readonly string[],
  { env, readyPath }: StartOptions,
): Promise<ServerProcess> {
  const port = await findFreePort();
  const program = join(ROOT, 'packages', ...main);
  const startedAt = performance.now();
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, PORT: String(port), DIORAMA_LOG_LEVEL: 'error', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const endNow = () => child.kill('SIGKILL');
  process.once('exit', endNow);
  const address = `http://127.0.0.1:${port}`;
  await untilReady(child, `${address}${readyPath}`);
  const readyMs = performance.now() - startedAt;
  return {
    address,
    readyMs,
    rssBytes: () => treeRssBytes(child.pid ?? 0),
    stop: async () => {
      process.off('exit', endNow);
      await stop(child);
    },
  };
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
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
