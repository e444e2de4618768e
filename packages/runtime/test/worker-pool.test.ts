import { describe, expect, it } from 'vitest';
import { openTestPool, rejectionOf } from './pool-fixture.ts';

describe('a worker pool', () => {
  it('keeps the state of a worker between requests', async () => {
    const pool = await openTestPool({ workerData: { colour: 'green' } });
    const first = await pool.run({ do: 'where' });
    const second = await pool.run({ do: 'where' });
    expect(first).toMatchObject({ served: 1, state: { colour: 'green' } });
    expect(second).toMatchObject({ served: 2, state: { colour: 'green' } });
  });

  it('answers in the order of asking when one thread does the work', async () => {
    const pool = await openTestPool();
    const order: number[] = [];
    const asked = [0, 1, 2, 3].map(async (value) => {
      order.push(Number(await pool.run({ do: 'echo', value })));
    });
    await Promise.all(asked);
    expect(order).toEqual([0, 1, 2, 3]);
  });

  it('does as many requests at once as it has threads', async () => {
    const pool = await openTestPool({ size: 2 });
    const gate = new Int32Array(new SharedArrayBuffer(4));
    const held = pool.run({ do: 'hold-thread', gate: gate.buffer });
    // The second thread answers while the first stands still in synchronous code.
    expect(await pool.run({ do: 'echo', value: 'beside' })).toBe('beside');
    expect(pool.stats()).toMatchObject({ size: 2, ready: 2, busy: 1, queued: 0 });
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
    expect(await held).toBe('let go');
  });

  it('refuses one more than the queue holds with QUEUE_FULL and still answers the others', async () => {
    const pool = await openTestPool({ maxQueued: 2 });
    const asked = [0, 1, 2].map((value) => pool.run({ do: 'echo', value }));
    const refused = await rejectionOf(pool.run({ do: 'echo', value: 3 }));
    expect(refused).toMatchObject({ code: 'QUEUE_FULL', detail: { queued: 2, maxQueued: 2 } });
    expect(await Promise.all(asked)).toEqual([0, 1, 2]);
  });

  it('copies a request, so that its buffers stay, and moves the ones in `transfer`', async () => {
    const pool = await openTestPool();
    const copied = new Uint8Array([1, 2, 3]);
    expect(await pool.run({ do: 'give-back', bytes: copied })).toEqual(copied);
    expect(copied.byteLength).toBe(3);
    const moved = new Uint8Array([4, 5, 6]);
    const back = await pool.run({ do: 'give-back', bytes: moved }, { transfer: [moved.buffer] });
    expect(back).toEqual(new Uint8Array([4, 5, 6]));
    expect(moved.byteLength).toBe(0);
  });

  it('says when a request leaves the queue', async () => {
    const pool = await openTestPool();
    const events: string[] = [];
    const note = (name: string) => ({ onStart: () => void events.push(`${name} starts`) });
    const first = pool.run({ do: 'echo', value: 1 }, note('first'));
    const second = pool.run({ do: 'echo', value: 2 }, note('second'));
    events.push('both asked');
    await first.then(() => events.push('first answered'));
    await second;
    expect(events).toEqual(['first starts', 'both asked', 'second starts', 'first answered']);
  });

  it('hands on what the worker notes, in order and before the answer', async () => {
    const pool = await openTestPool();
    const heard: unknown[] = [];
    const onNote = (note: unknown) => void heard.push(note);
    const notes = [{ step: 'decode' }, { step: 'predict' }];
    await pool.run({ do: 'note', notes }, { onNote }).then((value) => heard.push(value));
    expect(heard).toEqual([...notes, 'noted']);
  });

  it('hands on no note of a request that was cancelled', async () => {
    const pool = await openTestPool();
    const heard: unknown[] = [];
    const controller = new AbortController();
    const options = { signal: controller.signal, onNote: (note: unknown) => void heard.push(note) };
    const asked = rejectionOf(pool.run({ do: 'note', notes: [1] }, options));
    controller.abort();
    expect(await asked).toMatchObject({ code: 'CANCELLED' });
    expect(await pool.run({ do: 'note', notes: [2] })).toBe('noted');
    expect(heard).toEqual([]);
  });

  it('brings an error over with code, message and detail, and its causes as text', async () => {
    const pool = await openTestPool();
    const error = await rejectionOf(pool.run({ do: 'refuse' }));
    expect(error).toMatchObject({
      name: 'DioramaError',
      code: 'PHOTO_EMPTY',
      message: 'Nothing in it.',
      detail: { bytes: 0 },
    });
    expect(error.cause).toContain('the reason beneath');
  });

  it('turns a slip inside a task into INTERNAL and keeps its words for the logs', async () => {
    const pool = await openTestPool();
    const error = await rejectionOf(pool.run({ do: 'throw' }));
    expect(error.code).toBe('INTERNAL');
    expect(error.message).not.toContain('slip');
    expect(error.cause).toContain('a slip of the pen');
  });

  it('answers INTERNAL when request or answer cannot cross, and goes on', async () => {
    const pool = await openTestPool();
    const unsendable = { do: 'echo', value: () => {} };
    expect(await rejectionOf(pool.run(unsendable))).toMatchObject({ code: 'INTERNAL' });
    expect(await rejectionOf(pool.run({ do: 'answer-a-function' }))).toMatchObject({
      code: 'INTERNAL',
    });
    expect(await pool.run({ do: 'echo', value: 'well' })).toBe('well');
    expect(pool.stats().crashes).toBe(0);
  });

  it.each([
    { size: 0, maxQueued: 1 },
    { size: 1.5, maxQueued: 1 },
    { size: 1, maxQueued: -1 },
    { size: 1, maxQueued: Number.NaN },
  ])('refuses size $size with a queue of $maxQueued as CONFIG_INVALID', async (options) => {
    expect(await rejectionOf(openTestPool(options))).toMatchObject({ code: 'CONFIG_INVALID' });
  });
});

describe('a service of the owner', () => {
  it('answers a worker in the middle of its task', async () => {
    const double = async (payload: unknown) => ({ value: Number(payload) * 2 });
    const pool = await openTestPool({ services: { double } });
    expect(await pool.run({ do: 'ask', service: 'double', payload: 21 })).toBe(42);
  });

  it('moves buffers back to the worker', async () => {
    const bytes = new Uint8Array([7, 8]);
    const fetchBytes = async () => ({ value: bytes, transfer: [bytes.buffer] });
    const pool = await openTestPool({ services: { fetchBytes } });
    expect(await pool.run({ do: 'ask', service: 'fetchBytes' })).toEqual(new Uint8Array([7, 8]));
    expect(bytes.byteLength).toBe(0);
  });

  it('lets its error through to the one who asked the pool', async () => {
    const inner = await openTestPool();
    const refuse = async () => ({ value: await inner.run({ do: 'refuse' }) });
    const pool = await openTestPool({ services: { refuse } });
    const error = await rejectionOf(pool.run({ do: 'ask', service: 'refuse' }));
    expect(error).toMatchObject({ code: 'PHOTO_EMPTY', detail: { bytes: 0 } });
  });

  it('is told when the task that asked is cancelled', async () => {
    const controller = new AbortController();
    let toldCode = '';
    const slow = (_payload: unknown, signal: AbortSignal) =>
      new Promise<{ value: string }>((resolve) => {
        signal.addEventListener('abort', () => {
          toldCode = signal.reason.code;
          resolve({ value: 'given up' });
        });
        controller.abort();
      });
    const pool = await openTestPool({ services: { slow } });
    const asked = pool.run({ do: 'ask', service: 'slow' }, { signal: controller.signal });
    expect(await rejectionOf(asked)).toMatchObject({ code: 'CANCELLED' });
    expect(toldCode).toBe('CANCELLED');
    expect(await pool.run({ do: 'echo', value: 'next' })).toBe('next');
  });

  it('refuses a service that does not exist, also one from the object prototype', async () => {
    const pool = await openTestPool();
    for (const service of ['nothing', 'toString']) {
      expect(await rejectionOf(pool.run({ do: 'ask', service }))).toMatchObject({
        code: 'INTERNAL',
      });
    }
  });
});
