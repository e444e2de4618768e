import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SharedWork } from './shared-work.ts';

function makeWork() {
  const runs: { signal: AbortSignal; finish: (value: number) => void; fail: (e: Error) => void }[] =
    [];
  const work = new SharedWork((signal) => {
    return new Promise<number>((finish, fail) => {
      runs.push({ signal, finish, fail });
    });
  });
  return { runs, work };
}

describe('SharedWork', () => {
  it('runs once for callers at the same time and for those who come later', async () => {
    const { runs, work } = makeWork();
    const both = Promise.all([work.join(), work.join()]);
    runs[0]?.finish(7);
    expect(await both).toEqual([7, 7]);
    expect(await work.join()).toBe(7);
    expect(runs).toHaveLength(1);
  });

  it('goes on while one caller stays, and stops when the last has left', async () => {
    const { runs, work } = makeWork();
    const first = new AbortController();
    const second = new AbortController();
    const waits = [work.join(first.signal), work.join(second.signal)];
    first.abort();
    await expect(waits[0]).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(runs[0]?.signal.aborted).toBe(false);
    second.abort();
    await expect(waits[1]).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(runs[0]?.signal.aborted).toBe(true);
  });

  it('starts afresh after it was stopped or has failed', async () => {
    const { runs, work } = makeWork();
    const leaving = new AbortController();
    const left = work.join(leaving.signal);
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
    const failing = work.join();
    runs[1]?.fail(new Error('broken'));
    await expect(failing).rejects.toThrow('broken');
    const last = work.join();
    runs[2]?.finish(3);
    expect(await last).toBe(3);
  });

  it('leaves no rejection unheard when the work fails after everyone has left', async () => {
    const { runs, work } = makeWork();
    const leaving = new AbortController();
    const left = work.join(leaving.signal);
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
    runs[0]?.fail(new Error('too late'));
    // An unheard rejection would fail the run.
    await setImmediate();
  });
});
