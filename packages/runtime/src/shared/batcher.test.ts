import { byteRaster, DioramaError } from '@diorama/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Batcher } from './batcher.ts';
import type { RunOptions } from './pool-job.ts';
import type { SessionAnswer, SessionRequest } from './session-messages.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** One byte that a picture is made of, which is what the sessions below answer. */
function picture(byte: number, width = 32) {
  const image = byteRaster({ width, height: 32 }, 3);
  image.data.fill(byte);
  return { image, wanted: ['matte'] as const };
}

const BAD = 13;
const DEADLY = 66;

/** Sessions on a GPU that takes 10 ms for any number of pictures: of the size that `most` allows, and none that is bad. */
class Sessions {
  readonly runs: number[][] = [];
  readonly attempts: (number | undefined)[] = [];
  most = 32;

  async run({ images }: SessionRequest, options: RunOptions = {}): Promise<SessionAnswer> {
    const bytes = images.map(({ data }) => data[0] ?? 0);
    this.runs.push(bytes);
    this.attempts.push(options.maxAttempts);
    options.onStart?.();
    await new Promise<void>((resolve, reject) => {
      setTimeout(resolve, 10);
      options.signal?.addEventListener('abort', () => reject(options.signal?.reason));
    });
    if (bytes.includes(DEADLY)) throw new DioramaError('WORKER_CRASHED', 'It crashed.');
    if (bytes.includes(BAD) || bytes.length > this.most) {
      throw new DioramaError('MODEL_OUTPUT_INVALID', 'It failed.');
    }
    return { answers: bytes.map((byte) => ({ subjectProbability: byte })), predictMs: 10 };
  }
}

function openBatcher(sessions = 1, maxQueued = 64): { batcher: Batcher; pool: Sessions } {
  const pool = new Sessions();
  return { batcher: new Batcher(pool, { sessions, maxQueued }), pool };
}

/** A batcher that has learnt that its machine gains from any number. */
async function learnt(sessions = 1) {
  const opened = openBatcher(sessions);
  for (let round = 0; round < 12; round += 1) await ask(opened.batcher, Array(32).fill(1));
  expect(opened.batcher.counts().size).toBe(32);
  opened.pool.runs.length = 0;
  return opened;
}

/** Asks for pictures of those bytes and lets time pass until all are answered. */
async function ask(batcher: Batcher, bytes: readonly number[]) {
  const asked = Promise.allSettled(bytes.map((byte) => batcher.run(picture(byte), {})));
  await vi.runAllTimersAsync();
  return (await asked).map((end) =>
    end.status === 'fulfilled' ? end.value.answer.subjectProbability : end.reason.code,
  );
}

describe('pictures that wait while a session is busy', () => {
  it('are run together, and each gets its own answer', async () => {
    const { batcher, pool } = await learnt();
    expect(await ask(batcher, [1, 2, 3, 4, 5])).toEqual([1, 2, 3, 4, 5]);
    expect(pool.runs).toEqual([[1], [2, 3, 4, 5]]);
    expect(batcher.queued).toBe(0);
  });

  it('say with how many they were run', async () => {
    const { batcher } = await learnt();
    const asked = Promise.all([1, 2, 3].map((byte) => batcher.run(picture(byte), {})));
    await vi.runAllTimersAsync();
    expect((await asked).map(({ batchSize }) => batchSize)).toEqual([1, 2, 2]);
  });

  it('go to a free session at once while there is another', async () => {
    const { batcher, pool } = await learnt(2);
    batcher.announce();
    const asked = [1, 2].map((byte) => batcher.run(picture(byte), {}));
    // Another session is free for the one that was announced; the last free one waits for it.
    expect(pool.runs).toEqual([[1]]);
    asked.push(batcher.run(picture(3), {}));
    expect(pool.runs).toEqual([[1], [2, 3]]);
    await vi.runAllTimersAsync();
    await Promise.all(asked);
  });

  it('are run with their like only: one size, and the same wanted', async () => {
    const { batcher, pool } = await learnt();
    const asked = Promise.all([
      batcher.run(picture(1), {}),
      batcher.run(picture(2), {}),
      batcher.run(picture(3, 64), {}),
      batcher.run(picture(4), {}),
      batcher.run({ ...picture(5), wanted: ['depth'] }, {}),
    ]);
    await vi.runAllTimersAsync();
    await asked;
    expect(pool.runs).toEqual([[1], [2, 4], [3], [5]]);
  });

  it('are refused beyond the bound, with QUEUE_FULL', async () => {
    const { batcher } = openBatcher(1, 2);
    expect(await ask(batcher, [1, 2, 3, 4])).toEqual([1, 2, 3, 'QUEUE_FULL']);
  });
});

describe('a free session', () => {
  it('takes a picture at once when no other was announced', async () => {
    const { batcher, pool } = await learnt();
    const asked = batcher.run(picture(1), {});
    expect(pool.runs).toEqual([[1]]);
    await vi.runAllTimersAsync();
    await asked;
  });

  it('waits for one that was announced, and runs both together', async () => {
    const { batcher, pool } = await learnt();
    const isAsked = batcher.announce();
    const first = batcher.run(picture(1), {});
    await vi.advanceTimersByTimeAsync(4);
    expect(pool.runs).toEqual([]);
    const second = batcher.run(picture(2), {});
    isAsked();
    expect(pool.runs).toEqual([[1, 2]]);
    await vi.runAllTimersAsync();
    await Promise.all([first, second]);
  });

  it('waits no longer than that saves: here the time of one run', async () => {
    const { batcher, pool } = await learnt();
    batcher.announce();
    const first = batcher.run(picture(1), {});
    await vi.advanceTimersByTimeAsync(9);
    expect(pool.runs).toEqual([]);
    await vi.advanceTimersByTimeAsync(2);
    expect(pool.runs).toEqual([[1]]);
    await vi.runAllTimersAsync();
    await first;
  });

  it('waits no more once the announcement is taken back', async () => {
    const { batcher, pool } = await learnt();
    const takeBack = batcher.announce();
    const first = batcher.run(picture(1), {});
    takeBack();
    takeBack();
    expect(pool.runs).toEqual([[1]]);
    await vi.runAllTimersAsync();
    await first;
  });
});

describe('a picture of a batch', () => {
  it('that is cancelled leaves the others as they are', async () => {
    const { batcher, pool } = await learnt();
    const controller = new AbortController();
    const before = batcher.run(picture(1), {});
    const asked = [2, 3, 4, 5].map((byte) =>
      batcher.run(picture(byte), byte === 3 ? { signal: controller.signal } : {}),
    );
    const ends = Promise.allSettled(asked);
    await vi.advanceTimersByTimeAsync(12);
    expect(pool.runs).toEqual([[1], [2, 3, 4, 5]]);
    controller.abort();
    await vi.runAllTimersAsync();
    await before;
    expect((await ends).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(pool.runs).toHaveLength(2);
  });

  it('has its run abandoned when all of its batch are cancelled, and the session goes on', async () => {
    const { batcher, pool } = await learnt();
    const before = batcher.run(picture(1), {});
    const signal = AbortSignal.timeout(15);
    const asked = Promise.allSettled([2, 3].map((byte) => batcher.run(picture(byte), { signal })));
    await vi.advanceTimersByTimeAsync(16);
    const codes = (await asked).map((end) => end.status === 'rejected' && end.reason.code);
    expect(codes).toEqual(['DEADLINE_EXCEEDED', 'DEADLINE_EXCEEDED']);
    await before;
    const next = batcher.run(picture(7), {});
    expect(pool.runs).toEqual([[1], [2, 3], [7]]);
    await vi.runAllTimersAsync();
    await next;
  });

  it.each([
    [BAD, 'MODEL_OUTPUT_INVALID'],
    [DEADLY, 'WORKER_CRASHED'],
  ])('that makes the batch fail (%i) fails alone', async (bad, code) => {
    const { batcher, pool } = await learnt();
    pool.attempts.length = 0;
    expect(await ask(batcher, [1, 2, bad, 4, 5])).toEqual([1, 2, code, 4, 5]);
    expect(pool.runs).toEqual([[1], [2, bad, 4, 5], [2], [bad], [4], [5]]);
    // A batch is not tried again as it is; a picture alone is, as the pool sees fit.
    expect(pool.attempts).toEqual([undefined, 1, undefined, undefined, undefined, undefined]);
    // Its number was not at fault.
    expect(batcher.counts().size).toBe(32);
  });
});

it('a batch that is too large for the machine is made smaller from then on', async () => {
  const { batcher, pool } = await learnt();
  pool.most = 2;
  expect(await ask(batcher, [1, 2, 3, 4, 5])).toEqual([1, 2, 3, 4, 5]);
  expect(batcher.counts().size).toBe(2);
  pool.runs.length = 0;
  await ask(batcher, [1, 2, 3, 4, 5]);
  expect(pool.runs).toEqual([[1], [2, 3], [4, 5]]);
});

it('closing refuses what waits, and what comes later', async () => {
  const { batcher } = openBatcher();
  const running = batcher.run(picture(1), {});
  const waiting = expect(batcher.run(picture(2), {})).rejects.toMatchObject({ code: 'CANCELLED' });
  batcher.close();
  await waiting;
  await expect(batcher.run(picture(3), {})).rejects.toMatchObject({ code: 'CANCELLED' });
  await vi.runAllTimersAsync();
  await running;
});
