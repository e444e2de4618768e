import { afterEach, expect, it, vi } from 'vitest';
import type { MessageToWorker } from './pool-messages.ts';
import { openPool } from './worker-pool.ts';
import type { PortEvents, WorkerPort } from './worker-port.ts';

/** A worker that echoes what it is asked, as long as it lives. */
class EchoPort implements WorkerPort {
  static isShort = false;
  static starts = 0;
  readonly events: PortEvents;

  constructor(events: PortEvents) {
    this.events = events;
    EchoPort.starts += 1;
    const isShort = EchoPort.isShort;
    queueMicrotask(() => {
      if (isShort) events.onGone('Memory is short.');
      else events.onMessage({ kind: 'ready' });
    });
  }

  post(message: MessageToWorker): void {
    if (message.kind !== 'task') return;
    const { task, request } = message;
    if (request === 'die') this.events.onGone('It died.');
    else queueMicrotask(() => this.events.onMessage({ kind: 'done', task, value: request }));
  }

  hold(): void {}

  async end(): Promise<void> {}
}

afterEach(() => {
  vi.useRealTimers();
});

it('answers again once workers start again, however long they did not', async () => {
  vi.useFakeTimers();
  const openPort = (_name: string, events: PortEvents) => new EchoPort(events);
  const pool = await openPool<string, string>(openPort, { size: 1, maxQueued: 1 });
  EchoPort.isShort = true;
  const crashed = expect(pool.run('die')).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
  await vi.advanceTimersByTimeAsync(20_000);
  await crashed;
  const startsBefore = EchoPort.starts;
  await expect(pool.run('echo')).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
  await vi.advanceTimersByTimeAsync(120_000);
  expect(EchoPort.starts - startsBefore).toBe(4);
  await expect(pool.run('echo')).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
  EchoPort.isShort = false;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(await pool.run('echo')).toBe('echo');
  await pool.dispose();
});
