import { createPredictorPool } from '@diorama/cloud';
import { describe, expect, it } from 'vitest';
import { poolStage } from './pool-stage.ts';
import { answersAfter, scriptedPlace } from './scripted-place.ts';

const states = (stage: ReturnType<typeof poolStage>) =>
  stage.pool.places?.().map(({ inFlight }) => inFlight);

describe('a pool with room', () => {
  it('gives every place as many pictures as the others', async () => {
    const stage = poolStage(['a', 'b', 'c']);
    for (let n = 0; n < 6; n++) stage.ask();
    await stage.clock.pass(1);
    expect(states(stage)).toEqual([2, 2, 2]);
  });

  it('sends less to a place that takes longer', async () => {
    const stage = poolStage(['quick', 'slow'], { hedgeShare: 0 });
    stage.places[1]!.does = () => answersAfter(1000);
    for (let n = 0; n < 60; n++) {
      stage.ask();
      await stage.clock.pass(100);
    }
    const [quick, slow] = stage.places.map(({ asked }) => asked.length);
    expect(quick! + slow!).toBe(60);
    expect(slow).toBeLessThan(10);
  });
});

describe('a pool without room', () => {
  it('sends no place more than it may have, and the next picture when one is answered, first come first', async () => {
    const stage = poolStage(['a', 'b'], { place: { maxInFlight: 1 } });
    const asked = Array.from({ length: 4 }, () => stage.ask());
    await stage.clock.pass(99);
    expect(states(stage)).toEqual([1, 1]);
    await stage.clock.pass(2);
    expect(asked.map(({ value }) => value !== undefined)).toEqual([true, true, false, false]);
    await stage.clock.pass(100);
    expect(asked.every(({ value }) => value !== undefined)).toBe(true);
  });

  it('refuses with QUEUE_FULL what can neither be sent nor wait', async () => {
    const stage = poolStage(['a'], { place: { maxInFlight: 1 }, maxQueued: 2 });
    const asked = Array.from({ length: 4 }, () => stage.ask());
    await stage.clock.pass(0);
    expect(asked.map(({ error }) => error)).toEqual([
      undefined,
      undefined,
      undefined,
      expect.objectContaining({ code: 'QUEUE_FULL' }),
    ]);
    await stage.clock.pass(300);
    expect(asked.filter(({ value }) => value === 'a')).toHaveLength(3);
  });

  it('says QUEUE_FULL to a picture for which there was no room before its deadline', async () => {
    const stage = poolStage(['a'], { place: { maxInFlight: 1 } });
    stage.places[0]!.does = () => answersAfter(5000);
    stage.ask();
    const late = stage.ask({ deadlineAtMs: stage.clock.epochMs() + 1000 });
    await stage.clock.pass(1000);
    expect(late.error).toMatchObject({ code: 'QUEUE_FULL', detail: { retryAfterSeconds: 1 } });
  });
});

describe('a picture', () => {
  it('that is cancelled leaves its place, and the next one has it', async () => {
    const stage = poolStage(['a'], { place: { maxInFlight: 1 } });
    const leaving = new AbortController();
    const [left, waiting] = [stage.ask(undefined, leaving.signal), stage.ask()];
    await stage.clock.pass(50);
    leaving.abort();
    await stage.clock.pass(100);
    expect(left.error).toMatchObject({ code: 'CANCELLED' });
    expect(waiting.value).toBe('a');
  });

  it('that is cancelled while it waits is never sent', async () => {
    const stage = poolStage(['a'], { place: { maxInFlight: 1 } });
    stage.ask();
    const leaving = new AbortController();
    stage.ask(undefined, leaving.signal);
    leaving.abort();
    await stage.clock.pass(500);
    expect(stage.places[0]!.asked).toHaveLength(1);
  });

  it('is refused before it is sent where it came too late, or cancelled', async () => {
    const stage = poolStage(['a']);
    const late = stage.ask({ deadlineAtMs: stage.clock.epochMs() - 1 });
    const cancelled = stage.ask(undefined, AbortSignal.abort());
    await stage.clock.pass(0);
    expect(late.error).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(cancelled.error).toMatchObject({ code: 'CANCELLED' });
    expect(stage.places[0]!.asked).toHaveLength(0);
  });

  it('ends at its deadline, and its place hears of that deadline', async () => {
    const stage = poolStage(['a']);
    stage.places[0]!.does = () => answersAfter(10_000);
    const deadlineAtMs = stage.clock.epochMs() + 2000;
    const asked = stage.ask({ deadlineAtMs });
    await stage.clock.pass(1999);
    expect(asked.error).toBeUndefined();
    await stage.clock.pass(1);
    expect(asked.error).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(stage.places[0]!.asked[0]?.terms?.deadlineAtMs).toBe(deadlineAtMs);
    expect(stage.places[0]!.held.size).toBe(0);
  });

  it('without a deadline is tried for as long as the pool is patient', async () => {
    const stage = poolStage(['a'], { patienceMs: 3000 });
    stage.places[0]!.does = () => answersAfter(10_000);
    const asked = stage.ask();
    await stage.clock.pass(3000);
    expect(asked.error).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });
});

describe('a pool that cannot be', () => {
  it('is refused: without a place, or over several models', () => {
    expect(() => createPredictorPool([])).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
    const { clock, places } = poolStage(['a']);
    const other = scriptedPlace(clock, 'b');
    const card = { ...other.predictor.card, id: 'other', sha256: '0'.repeat(64) };
    const odd = { ...other, predictor: { ...other.predictor, card } };
    expect(() => createPredictorPool([places[0]!, odd])).toThrow(
      /a runs model .* and b runs other/,
    );
  });
});
