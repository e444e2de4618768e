import { setTimeout as sleep } from 'node:timers/promises';
import { DioramaError } from '@diorama/core';
import { findFreePort } from '@diorama/fixtures';
import type { Figure } from '../figure.ts';
import { endGroup, spawnNpm } from '../npm.ts';
import { ROOT } from '../root.ts';
import { atMost } from '../row.ts';
import { median } from '../statistics.ts';

const ROUNDS = 5;
const POLL_MS = 10;
const START_TIMEOUT_MS = 120_000;
const STOP_GRACE_MS = 5000;

interface Start {
  readonly aliveMs: number;
  readonly readyMs: number;
}

/** From `npm start` to the first good answer, where an earlier start has installed and built everything. */
export const SERVE_RESTART: Figure = {
  ids: ['serve-restart-ms', 'serve-restart-ready-ms'],
  measure: async () => {
    await start();
    const starts: Start[] = [];
    for (let round = 0; round < ROUNDS; round++) starts.push(await start());
    const note = `median of ${ROUNDS}`;
    return [
      {
        id: 'serve-restart-ms',
        what: 'a second `npm start`: from spawning it to the first good answer on /healthz',
        value: median(starts.map(({ aliveMs }) => aliveMs)),
        unit: 'ms',
        target: atMost(2000),
        note,
      },
      {
        id: 'serve-restart-ready-ms',
        what: 'the same, to the first good answer on /readyz: the model is warm',
        value: median(starts.map(({ readyMs }) => readyMs)),
        unit: 'ms',
        note,
      },
    ];
  },
};

async function start(): Promise<Start> {
  const port = await findFreePort();
  const startedAt = performance.now();
  const child = spawnNpm(['start'], {
    cwd: ROOT,
    env: { PORT: String(port) },
    output: 'ignore',
  });
  try {
    const address = `http://127.0.0.1:${port}`;
    const isOver = () => child.exitCode !== null || child.signalCode !== null;
    const deadline = startedAt + START_TIMEOUT_MS;
    await firstGoodAnswer(`${address}/healthz`, { deadline, isOver });
    const aliveMs = performance.now() - startedAt;
    await firstGoodAnswer(`${address}/readyz`, { deadline, isOver });
    return { aliveMs, readyMs: performance.now() - startedAt };
  } finally {
    await endGroup(child, STOP_GRACE_MS);
  }
}

async function firstGoodAnswer(
  url: string,
  { deadline, isOver }: { readonly deadline: number; readonly isOver: () => boolean },
): Promise<void> {
  while (performance.now() < deadline && !isOver()) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
      await response.arrayBuffer();
      if (response.ok) return;
    } catch {
      // Not listening yet.
    }
    await sleep(POLL_MS);
  }
  throw new DioramaError('INTERNAL', '`npm start` gave no good answer; run it to see why');
}
