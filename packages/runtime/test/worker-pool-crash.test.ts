import { describe, expect, it } from 'vitest';
import { markerPath, openTestPool, rejectionOf } from './pool-fixture.ts';

describe.each(['exit', 'throw'])('a worker that dies by %s', (how) => {
  it('is replaced, and its request is answered by the replacement', async () => {
    const pool = await openTestPool();
    const before = (await pool.run({ do: 'where' })) as { threadId: number };
    const bytes = new Uint8Array(5);
    const after = await pool.run({ do: 'die-once', how, marker: markerPath(), bytes });
    expect(after).toMatchObject({ bytes: 5 });
    expect(after).not.toMatchObject({ threadId: before.threadId });
    expect(pool.stats()).toMatchObject({ ready: 1, busy: 0, crashes: 1 });
  });

  it('ends in WORKER_CRASHED the second time, while the others are answered', async () => {
    const pool = await openTestPool({ size: 2 });
    const doomed = rejectionOf(pool.run({ do: 'die', how }));
    const others = [0, 1, 2, 3].map((value) => pool.run({ do: 'echo', value }));
    expect(await Promise.all(others)).toEqual([0, 1, 2, 3]);
    expect(await doomed).toMatchObject({ code: 'WORKER_CRASHED' });
    expect(pool.stats().crashes).toBe(2);
    expect(await pool.run({ do: 'echo', value: 'after' })).toBe('after');
  });
});

describe('a crash', () => {
  it('names its cause for the logs', async () => {
    const pool = await openTestPool();
    const thrown = await rejectionOf(pool.run({ do: 'die', how: 'throw' }));
    expect(String(thrown.cause)).toContain('thrown outside of any task');
    const left = await rejectionOf(pool.run({ do: 'die', how: 'exit' }));
    expect(String(left.cause)).toContain('exit code 7');
  });

  it('is final for a request whose buffers moved, since they are gone', async () => {
    const pool = await openTestPool();
    const bytes = new Uint8Array(5);
    const asked = pool.run(
      { do: 'die-once', how: 'exit', marker: markerPath(), bytes },
      { transfer: [bytes.buffer] },
    );
    expect(await rejectionOf(asked)).toMatchObject({ code: 'WORKER_CRASHED' });
    expect(pool.stats().crashes).toBe(1);
  });

  it('leaves shared memory whole for the second try', async () => {
    const pool = await openTestPool();
    const bytes = new Uint8Array(new SharedArrayBuffer(6));
    const marker = markerPath();
    expect(await pool.run({ do: 'die-once', how: 'exit', marker, bytes })).toMatchObject({
      bytes: 6,
    });
  });

  it('does not bring back a request that was cancelled meanwhile', async () => {
    const pool = await openTestPool();
    const controller = new AbortController();
    const asked = pool.run({ do: 'die', how: 'exit' }, { signal: controller.signal });
    controller.abort();
    expect(await rejectionOf(asked)).toMatchObject({ code: 'CANCELLED' });
    expect(await pool.run({ do: 'where' })).toMatchObject({ served: 1 });
    expect(pool.stats().crashes).toBe(1);
  });
});

describe('a worker that does not start', () => {
  it('ends the opening with DEADLINE_EXCEEDED when it is never ready', async () => {
    const opened = openTestPool({ workerData: { start: 'never' }, startTimeoutMs: 200, size: 2 });
    expect(await rejectionOf(opened)).toMatchObject({
      code: 'DEADLINE_EXCEEDED',
      detail: { startTimeoutMs: 200 },
    });
  });

  it('ends the opening with the error of its init', async () => {
    const opened = openTestPool({ workerData: { start: 'refuse' } });
    expect(await rejectionOf(opened)).toMatchObject({
      code: 'MODEL_CORRUPT',
      message: 'The state is damaged.',
    });
  });

  it('ends the opening with WORKER_CRASHED when its module is not there', async () => {
    const workerUrl = new URL('./workers/absent.mjs', import.meta.url);
    expect(await rejectionOf(openTestPool({ workerUrl }))).toMatchObject({
      code: 'WORKER_CRASHED',
    });
  });

  it('is given up after three tries, and the pool says so instead of waiting', async () => {
    const pool = await openTestPool({ workerData: { start: 'once', marker: markerPath() } });
    const asked = [pool.run({ do: 'die', how: 'exit' }), pool.run({ do: 'echo' })];
    for (const error of await Promise.all(asked.map(rejectionOf))) {
      expect(error).toMatchObject({ code: 'WORKER_CRASHED' });
    }
    expect(pool.stats()).toMatchObject({ ready: 0, queued: 0, crashes: 4 });
    expect(await rejectionOf(pool.run({ do: 'echo' }))).toMatchObject({ code: 'WORKER_CRASHED' });
  });
});
