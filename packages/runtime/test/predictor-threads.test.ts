import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { byteRaster } from '@diorama/core';
import { describe, expect, it } from 'vitest';
import { rejectionOf } from './pool-fixture.ts';
import { openTestPredictor, tinyCard } from './tiny-card.ts';

const small = byteRaster({ width: 32, height: 32 }, 3);
const large = byteRaster({ width: 256, height: 256 }, 3);
/** The slow model takes a good part of a second for a large picture and next to nothing for a small one. */
const slowCard = tinyCard('slow', {
  input: {
    ...tinyCard('slow').input,
    size: { policy: 'multiple-of', multiple: 32, longSide: 256 },
  },
});

describe('while a network runs', () => {
  it('the event loop of the caller turns', async () => {
    const predictor = await openTestPredictor({ model: slowCard });
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 5);
    await predictor.predict({ image: large, wanted: ['depth'] });
    clearInterval(timer);
    // On the thread of the caller the run would leave room for none or one.
    expect(ticks).toBeGreaterThan(3);
  });

  it('a second session answers', async () => {
    const predictor = await openTestPredictor({ model: slowCard, sessions: 2 });
    const order: string[] = [];
    const first = predictor.predict({ image: large, wanted: ['depth'] });
    const slow = first.then(() => order.push('large'));
    await predictor.predict({ image: small, wanted: ['depth'] }).then(() => order.push('small'));
    await slow;
    expect(order).toEqual(['small', 'large']);
  });

  it('one more than the queue holds is refused, and the wait of the others is told', async () => {
    const predictor = await openTestPredictor({ model: slowCard, maxQueued: 1 });
    const running = predictor.predict({ image: large, wanted: ['depth'] });
    const waiting = predictor.predict({ image: small, wanted: ['depth'] });
    const refused = predictor.predict({ image: small, wanted: ['depth'] });
    expect(await rejectionOf(refused)).toMatchObject({ code: 'QUEUE_FULL' });
    const { timingsMs } = await running;
    expect((await waiting).timingsMs.queue).toBeGreaterThan(timingsMs.predict / 2);
  });

  it('a cancelled caller is answered before the network ends, and the session goes on', async () => {
    const predictor = await openTestPredictor({ model: slowCard });
    const controller = new AbortController();
    const asked = predictor.predict({ image: large, wanted: ['depth'] }, controller.signal);
    setTimeout(() => controller.abort(), 20);
    expect(await rejectionOf(asked)).toMatchObject({ code: 'CANCELLED' });
    expect(predictor.stats()).toMatchObject({ busy: 1, queued: 0 });
    const next = await predictor.predict({ image: small, wanted: ['matte'] });
    expect(next.matte?.data).toHaveLength(32 * 32);
    expect(predictor.stats().crashes).toBe(0);
  });

  it('a deadline ends the wait in the queue and the wait for a run', async () => {
    const predictor = await openTestPredictor({ model: slowCard });
    const signal = AbortSignal.timeout(20);
    const asked = [large, small].map((image) =>
      rejectionOf(predictor.predict({ image, wanted: ['depth'] }, signal)),
    );
    for (const error of await Promise.all(asked)) {
      expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    }
  });

  it('disposing refuses what runs and what waits, and cuts off no native code', async () => {
    // Ending the thread inside a run would abort this process.
    const predictor = await openTestPredictor({ model: slowCard });
    const asked = [large, small].map((image) =>
      rejectionOf(predictor.predict({ image, wanted: ['depth'] })),
    );
    await predictor.dispose();
    for (const error of await Promise.all(asked))
      expect(error).toMatchObject({ code: 'CANCELLED' });
  });
});

describe('a process', () => {
  const run = promisify(execFile);
  const script = fileURLToPath(new URL('./workers/predict-and-leave.mjs', import.meta.url));

  // One that does not end by itself is killed by the timeout, which rejects.
  it.each(['dispose', 'idle', 'exit', 'exit-while-running'])(
    'ends by itself and in order after a prediction and %s',
    async (how) => {
      const { stdout } = await run(process.execPath, [script, how], { timeout: 20_000 });
      expect(stdout.trim()).toBe('1024 samples');
    },
  );
});
