import type { Progress } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { Diorama, PredictionAnswer } from '@diorama/engine';
import { makeBombPng } from '@diorama/fixtures';
import { describe, expect, it } from 'vitest';
import { answerOf, makeSlowDiorama } from '../../test/slow-diorama.ts';
import type { Notes } from '../plugins/exchange.ts';
import { followReadiness } from '../readiness.ts';
import { type DeskSettings, openDesk } from './open-desk.ts';

const SETTINGS: DeskSettings = {
  maxBytes: 1_000_000,
  maxPixels: 1_000_000,
  maxHeldBytes: 100_000_000,
  maxHeldPixels: 100_000_000,
  maxQueued: 64,
};
const MANY_KEYS = { keysFile: 'keys.json' };
const SMALL_PHOTO = makeBombPng(100, 100);

/** A desk before an engine that does one photo at a time, and callers of it. */
async function setUp(settings: Partial<DeskSettings> = {}, starting?: Promise<Diorama>) {
  const engine = await makeSlowDiorama();
  const readiness = followReadiness(starting ?? engine.diorama);
  const desk = openDesk({ ...SETTINGS, ...settings }, readiness);
  await readiness.started.catch(() => undefined);
  const admit = (callerId = 'a', bytes = 1000, withinMs = 600_000) =>
    desk.admit({ caller: { id: callerId }, bytes, deadlineAtMs: performance.now() + withinMs });
  /** Sends a photo, and answers all that can be seen of it. */
  const send = (callerId = 'a', photo = SMALL_PHOTO, withinMs = 600_000) => {
    const stop = new AbortController();
    const notes: Notes = {};
    const told: Progress[] = [];
    const ticket = admit(callerId, photo.length, withinMs);
    const { signal } = stop;
    const onProgress = (progress: Progress) => told.push(progress);
    const answer = ticket.layers({ bytes: photo, options: {}, signal, notes, onProgress });
    answer.catch(() => undefined);
    return { stop, notes, told, ticket, answer };
  };
  const refusalOf = (act: () => unknown): DioramaError => {
    try {
      act();
    } catch (error) {
      if (error instanceof DioramaError) return error;
    }
    throw new Error('It was not refused.');
  };
  return { engine, readiness, desk, admit, send, refusalOf };
}

describe('the order', () => {
  it('is fair between callers, and the engine gets no more at once than it has workers', async () => {
    const { engine, desk, send } = await setUp();
    const sent = [send('a'), send('a'), send('a'), send('b')];
    const names = ['a1', 'a2', 'a3', 'b1'];
    const order: (string | undefined)[] = [];
    for (let n = 0; n < sent.length; n += 1) {
      const work = await engine.nextWork();
      expect(engine.untouched()).toBe(0);
      expect(desk.stats()).toMatchObject({ working: 1, waiting: 3 - n });
      order.push(names[sent.findIndex(({ stop }) => stop.signal === work.signal)]);
      work.answer(answerOf(1));
    }
    expect(order).toEqual(['a1', 'a2', 'b1', 'a3']);
    await Promise.all(sent.map(({ answer }) => answer));
  });

  it('is told to those who wait, whenever it changes', async () => {
    const { engine, send } = await setUp();
    send('a');
    const [second, third, other] = [send('a'), send('a'), send('b')];
    const positions = ({ told }: typeof second) => told.map(({ position }) => position);
    expect([second, third, other].map(positions)).toEqual([[0], [1, 2], [1]]);
    second.stop.abort(new DioramaError('CANCELLED', 'Gone.'));
    expect([third, other].map(positions)).toEqual([[1, 2, 0], [1]]);
    (await engine.nextWork()).answer(answerOf(1));
    await engine.nextWork();
    expect([third, other].map(positions)).toEqual([
      [1, 2, 0],
      [1, 0],
    ]);
  });
});

describe('predictions of pictures, which need no photo worker', () => {
  it('may be one more than there are workers, so that no session is idle from one to the next', async () => {
    const { diorama } = await makeSlowDiorama();
    const predict = () => new Promise<PredictionAnswer>(() => undefined);
    const { desk, admit } = await setUp({}, Promise.resolve({ ...diorama, predict }));
    const picture = { width: 8, height: 8, channels: 3, data: new Uint8Array(192) } as const;
    const { signal } = new AbortController();
    for (let n = 0; n < 3; n += 1) {
      const work = { source: picture, options: { planes: 'samples' as const }, signal, notes: {} };
      void admit().predict(work);
    }
    expect(desk.stats()).toMatchObject({ working: 2, waiting: 1, heldPixels: 192 });
  });
});

describe('who waits', () => {
  it('leaves when its signal says so, without touching the engine', async () => {
    const { engine, desk, send } = await setUp();
    send();
    const second = send();
    await engine.nextWork();
    second.stop.abort(new DioramaError('DEADLINE_EXCEEDED', 'Late.'));
    await expect(second.answer).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(desk.stats()).toMatchObject({ waiting: 0, working: 1 });
    expect(engine.untouched()).toBe(0);
  });

  it('is given up when its turn comes too late for it to be ready', async () => {
    const { engine, send } = await setUp();
    const [first, second, third] = [send(), send('a', SMALL_PHOTO, 1000), send()];
    const work = await engine.nextWork();
    await new Promise((resolve) => setTimeout(resolve, 800));
    work.answer(answerOf(1));
    await first.answer;
    await expect(second.answer).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    (await engine.nextWork()).answer(answerOf(1));
    await third.answer;
    expect(engine.untouched()).toBe(0);
  });

  it('has its wait noted, and added to what the answer says', async () => {
    const { engine, send } = await setUp();
    const [first, second] = [send(), send()];
    const work = await engine.nextWork();
    await new Promise((resolve) => setTimeout(resolve, 30));
    work.answer(answerOf(1));
    (await engine.nextWork()).answer(answerOf(1));
    const { timingsMs } = (await second.answer).document;
    expect(timingsMs.queue).toBeGreaterThan(20);
    expect(second.notes.queueMs).toBe(timingsMs.queue);
    expect((await first.answer).document.timingsMs.queue).toBeLessThan(20);
  });

  it('hears why the engine did not start', async () => {
    const why = new DioramaError('PROVIDER_UNAVAILABLE', 'There is no GPU here.');
    let fail: (error: unknown) => void = () => undefined;
    const starting = new Promise<Diorama>((_resolve, reject) => {
      fail = reject;
    });
    starting.catch(() => undefined);
    const engine = await makeSlowDiorama();
    const readiness = followReadiness(starting);
    const desk = openDesk(SETTINGS, readiness);
    const admit = () => desk.admit({ caller: { id: 'a' }, bytes: 1, deadlineAtMs: Infinity });
    const { signal } = new AbortController();
    const work = { bytes: SMALL_PHOTO, options: {}, signal, notes: {} };
    const answer = admit().layers(work);
    fail(why);
    await expect(answer).rejects.toBe(why);
    expect(admit).toThrow(why);
    expect(engine.untouched()).toBe(0);
  });
});

describe('bounds', () => {
  it('let no more upload or wait than may, and say when to come back', async () => {
    const { engine, desk, admit, send, refusalOf } = await setUp({ maxQueued: 2 });
    send();
    send();
    const uploading = admit();
    const refusal = refusalOf(admit);
    expect(refusal).toMatchObject({
      code: 'QUEUE_FULL',
      detail: { bound: 'count', queuePosition: 1, waiting: 1 },
    });
    const { retryAfterSeconds } = refusal.detail;
    expect(retryAfterSeconds).toBeGreaterThanOrEqual(1);
    expect(retryAfterSeconds).toBeLessThanOrEqual(120);
    expect(refusal.message).toContain(`${retryAfterSeconds} s`);
    uploading.release();
    uploading.release();
    admit();
    refusalOf(admit);
    (await engine.nextWork()).answer(answerOf(1));
    await engine.nextWork();
    admit();
    expect(desk.stats().refusals).toMatchObject({ count: 2, bytes: 0 });
  });

  it('leave room for other callers where there are some', async () => {
    const { admit, send, refusalOf } = await setUp({ maxQueued: 8, ...MANY_KEYS });
    send('a');
    for (let n = 0; n < 4; n += 1) admit('a');
    expect(refusalOf(() => admit('a')).detail).toMatchObject({ bound: 'share' });
    admit('b');
    admit('b');
    expect(refusalOf(() => admit('b')).detail).toMatchObject({ bound: 'share' });
    admit('c');
    expect(refusalOf(() => admit('c')).detail).toMatchObject({ bound: 'share' });
  });

  it('let the one caller of an open server have all places', async () => {
    const { admit, send, refusalOf } = await setUp({ maxQueued: 8 });
    send('a');
    for (let n = 0; n < 8; n += 1) admit('a');
    expect(refusalOf(() => admit('a')).detail).toMatchObject({ bound: 'count' });
  });

  it('count the bytes that are announced, then those that came, then those of the answer', async () => {
    const { engine, desk, admit, send, refusalOf } = await setUp({ maxHeldBytes: 1_000_000 });
    const caller = { id: 'a' };
    const unannounced = desk.admit({ caller, bytes: undefined, deadlineAtMs: Infinity });
    expect(refusalOf(() => admit('a', 1)).detail).toMatchObject({ bound: 'bytes' });
    unannounced.release();
    const { ticket, answer } = send();
    expect(desk.stats().heldBytes).toBe(SMALL_PHOTO.length);
    (await engine.nextWork()).answer(answerOf(900_000));
    await answer;
    expect(desk.stats().heldBytes).toBe(900_000);
    expect(refusalOf(() => admit('a', 100_001)).detail).toMatchObject({ bound: 'bytes' });
    ticket.release();
    expect(desk.stats().heldBytes).toBe(0);
  });

  it('count pixels as soon as a photo is there', async () => {
    const { desk, send } = await setUp({ maxHeldPixels: 1_000_000 });
    send('a', makeBombPng(1000, 800));
    const second = send('a', makeBombPng(1000, 201));
    await expect(second.answer).rejects.toMatchObject({ detail: { bound: 'pixels' } });
    send('a', makeBombPng(1000, 200));
    expect(desk.stats()).toMatchObject({ heldPixels: 1_000_000, working: 1, waiting: 1 });
  });

  it('are no reason to wait for a photo that is too large for the server', async () => {
    const { send } = await setUp();
    const { answer } = send('a', makeBombPng(1001, 1000));
    await expect(answer).rejects.toMatchObject({ code: 'PHOTO_TOO_MANY_PIXELS' });
  });

  it('refuse what would not be ready in time, at the door or once the photo is there', async () => {
    const { desk, send, admit, refusalOf } = await setUp();
    for (let n = 0; n < 20; n += 1) send();
    expect(desk.stats().estimatedWaitMs).toBeGreaterThan(1000);
    const refusal = refusalOf(() => admit('a', 1000, 1000));
    expect(refusal.detail).toMatchObject({ bound: 'deadline', queuePosition: 19, waiting: 19 });
    // A caller who is new waits for two photos only, but one as large as this takes long by itself.
    const large = send('b', makeBombPng(1000, 1000), 1000);
    await expect(large.answer).rejects.toMatchObject({ detail: { bound: 'deadline' } });
  });

  it('do not keep a photo out of an empty desk', async () => {
    const { engine, send } = await setUp({ maxQueued: 0, maxHeldBytes: 1, maxHeldPixels: 1 });
    const { answer } = send('a', makeBombPng(1000, 1000), 1);
    (await engine.nextWork()).answer(answerOf(1));
    await answer;
  });
});

describe('an end', () => {
  it('is when every place is given back', async () => {
    const { engine, desk, readiness, send, admit } = await setUp();
    const { ticket, answer } = send();
    let isEmpty = false;
    const empty = desk.untilEmpty().then(() => {
      isEmpty = true;
    });
    readiness.drain();
    expect(() => admit()).toThrow(expect.objectContaining({ code: 'NOT_READY' }));
    (await engine.nextWork()).answer(answerOf(1));
    await answer;
    expect(isEmpty).toBe(false);
    ticket.release();
    await empty;
    await desk.untilEmpty();
  });
});
