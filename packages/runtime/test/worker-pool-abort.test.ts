import { describe, expect, it } from 'vitest';
import { openTestPool, rejectionOf, until } from './pool-fixture.ts';

describe('cancelling', () => {
  it('refuses at once a request whose signal is aborted already', async () => {
    const pool = await openTestPool();
    let isStarted = false;
    const onStart = () => {
      isStarted = true;
    };
    const asked = pool.run({ do: 'echo' }, { signal: AbortSignal.abort(), onStart });
    expect(await rejectionOf(asked)).toMatchObject({ code: 'CANCELLED' });
    expect(isStarted).toBe(false);
  });

  it('takes a waiting request out of the queue, and its place is free again', async () => {
    const pool = await openTestPool({ maxQueued: 1 });
    const gate = new Int32Array(new SharedArrayBuffer(4));
    const held = pool.run({ do: 'hold-thread', gate: gate.buffer });
    const controller = new AbortController();
    const waiting = pool.run({ do: 'where' }, { signal: controller.signal });
    controller.abort();
    // The only thread stands still, so this rejection cannot have come from it.
    expect(await rejectionOf(waiting)).toMatchObject({ code: 'CANCELLED' });
    expect(pool.stats().queued).toBe(0);
    const next = pool.run({ do: 'where' });
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
    expect(await held).toBe('let go');
    // The cancelled request never ran: this is the second that the worker saw.
    expect(await next).toMatchObject({ served: 2 });
  });

  it('refuses the caller of a running request at once and keeps the thread busy until it settles', async () => {
    const pool = await openTestPool();
    const gate = new Int32Array(new SharedArrayBuffer(4));
    const controller = new AbortController();
    const held = pool.run({ do: 'hold-thread', gate: gate.buffer }, { signal: controller.signal });
    controller.abort();
    expect(await rejectionOf(held)).toMatchObject({ code: 'CANCELLED' });
    const next = pool.run({ do: 'where' });
    expect(pool.stats()).toMatchObject({ busy: 1, queued: 1 });
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
    expect(await next).toMatchObject({ served: 2 });
    expect(pool.stats().crashes).toBe(0);
  });

  it('reaches the signal of the worker', async () => {
    const pool = await openTestPool();
    const controller = new AbortController();
    const asked = pool.run({ do: 'wait-for-abort' }, { signal: controller.signal });
    controller.abort();
    expect(await rejectionOf(asked)).toMatchObject({ code: 'CANCELLED' });
    // Only a worker that heard of it is free for this.
    expect(await pool.run({ do: 'echo', value: 'free' })).toBe('free');
  });

  it('is seen by synchronous work through throwIfCancelled', async () => {
    const pool = await openTestPool();
    const controller = new AbortController();
    const asked = pool.run({ do: 'spin-until-cancelled' }, { signal: controller.signal });
    controller.abort();
    expect(await rejectionOf(asked)).toMatchObject({ code: 'CANCELLED' });
    expect(await pool.run({ do: 'echo', value: 'free' })).toBe('free');
  });

  it('says DEADLINE_EXCEEDED when a timeout ended the signal', async () => {
    const pool = await openTestPool();
    const asked = pool.run({ do: 'wait-for-abort' }, { signal: AbortSignal.timeout(20) });
    expect(await rejectionOf(asked)).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(await pool.run({ do: 'echo', value: 'free' })).toBe('free');
  });

  it('ends and replaces a thread that holds a cancelled task past its grace', async () => {
    const pool = await openTestPool({ abortGraceMs: 20 });
    const asked = pool.run({ do: 'hang' }, { signal: AbortSignal.timeout(20) });
    expect(await rejectionOf(asked)).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(await pool.run({ do: 'where' })).toMatchObject({ served: 1 });
    expect(pool.stats().crashes).toBe(1);
  });

  it('leaves no listener on a signal that outlives its requests', async () => {
    const pool = await openTestPool();
    const controller = new AbortController();
    let listeners = 0;
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...rest: Parameters<typeof add>) => {
      listeners += 1;
      add(...rest);
    };
    signal.removeEventListener = (...rest: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...rest);
    };
    for (let value = 0; value < 3; value += 1) await pool.run({ do: 'echo', value }, { signal });
    await rejectionOf(pool.run({ do: 'throw' }, { signal }));
    expect(listeners).toBe(0);
  });
});

describe('disposing', () => {
  it('refuses what runs and what waits with CANCELLED, and what comes later', async () => {
    const pool = await openTestPool();
    const running = pool.run({ do: 'hang' });
    const waiting = pool.run({ do: 'echo' });
    const refusals = Promise.all([rejectionOf(running), rejectionOf(waiting)]);
    await pool.dispose();
    for (const error of await refusals) expect(error.code).toBe('CANCELLED');
    expect(await rejectionOf(pool.run({ do: 'echo' }))).toMatchObject({ code: 'CANCELLED' });
    await pool.dispose();
    expect(pool.stats()).toMatchObject({ ready: 0, busy: 0, queued: 0 });
  });

  it('cuts off a thread that stands still in synchronous code', async () => {
    const pool = await openTestPool();
    const gate = new SharedArrayBuffer(4);
    const held = rejectionOf(pool.run({ do: 'hold-thread', gate }));
    await pool.dispose();
    expect(await held).toMatchObject({ code: 'CANCELLED' });
  });

  it('leaves an uninterruptible thread to end by itself instead of cutting it off', async () => {
    const pool = await openTestPool({ isInterruptible: false, abortGraceMs: 50 });
    const gate = new Int32Array(new SharedArrayBuffer(8));
    const held = rejectionOf(pool.run({ do: 'hold-thread', gate: gate.buffer }));
    await pool.dispose();
    expect(await held).toMatchObject({ code: 'CANCELLED' });
    // The thread still stands in its task: it says so once it is let go.
    expect(gate[1]).toBe(0);
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
    await until(() => gate[1] === 1);
  });

  it('tells a service of a running task that it is over', async () => {
    let isTold = false;
    const slow = (_payload: unknown, signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          isTold = true;
          reject(signal.reason);
        });
      });
    let isAsked = false;
    const spied = (payload: unknown, signal: AbortSignal) => {
      isAsked = true;
      return slow(payload, signal);
    };
    const pool = await openTestPool({ services: { spied } });
    const asked = rejectionOf(pool.run({ do: 'ask', service: 'spied' }));
    await until(() => isAsked);
    await pool.dispose();
    expect(isTold).toBe(true);
    expect(await asked).toMatchObject({ code: 'CANCELLED' });
  });
});
