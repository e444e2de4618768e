import { DioramaError } from '@diorama/core';
import { describe, expect, it } from 'vitest';
import { poolStage } from './pool-stage.ts';
import { answersAfter, failsWith, frozen, scriptedPlace } from './scripted-place.ts';

const starting = failsWith('PREDICTOR_STARTING', { retryAfterMs: 2000 });
const allowed = { mayStandIn: true };

/** A pool of which every place starts, with a stand-in. */
function startingStage(names = ['a'], options: Parameters<typeof poolStage>[1] = {}) {
  // The stand-in's work is only as long as its promises: it has no clock of its own.
  const standIn = scriptedPlace(poolStage(['none']).clock, 'stand-in', {});
  standIn.does = () => answersAfter(0);
  const stage = poolStage(names, { standIn: standIn.predictor, ...options });
  for (const place of stage.places) {
    place.does = () => starting;
    place.checks = starting;
  }
  return { ...stage, standIn };
}

const stateOf = (stage: ReturnType<typeof poolStage>, at = 0) => stage.pool.places?.()[at]?.state;

describe('while a predictor starts', () => {
  it('a picture that may not have a stand-in waits, and is answered once the predictor is there', async () => {
    const stage = startingStage();
    const asked = [stage.ask(), stage.ask()];
    await stage.clock.pass(7000);
    expect(stateOf(stage)).toBe('starting');
    // Two at first, and then one at a time, as often as it said.
    expect(stage.places[0]!.asked.length).toBeGreaterThanOrEqual(4);
    expect(stage.places[0]!.asked.length).toBeLessThanOrEqual(6);
    stage.places[0]!.does = () => answersAfter(50);
    await stage.clock.pass(3000);
    expect(asked.map(({ value }) => value)).toEqual(['a', 'a']);
    expect(stateOf(stage)).toBe('up');
    expect(stage.standIn.asked).toHaveLength(0);
  });

  it('a picture that waits in vain hears PREDICTOR_STARTING, and when to come back', async () => {
    const stage = startingStage();
    const asked = stage.ask({ deadlineAtMs: stage.clock.epochMs() + 6000 });
    await stage.clock.pass(6000);
    expect(asked.error).toMatchObject({
      code: 'PREDICTOR_STARTING',
      message: 'The predictor is starting. Try again in 2 s.',
      detail: { retryAfterSeconds: 2 },
    });
  });

  it('says so also of a place that wants to be asked again at once', async () => {
    const stage = startingStage();
    stage.places[0]!.does = () => failsWith('PREDICTOR_STARTING', { retryAfterMs: 0 });
    const asked = stage.ask({ deadlineAtMs: stage.clock.epochMs() + 2000 });
    await stage.clock.pass(2000);
    expect(asked.error).toMatchObject({
      code: 'PREDICTOR_STARTING',
      detail: { retryAfterSeconds: 1 },
    });
    expect(stage.places[0]!.asked.length).toBeLessThan(40);
  });

  it('a picture that may have a stand-in has its answer at once, and wakes the predictor all the same', async () => {
    const stage = startingStage();
    const first = stage.ask(allowed);
    await stage.clock.pass(5);
    expect(first.value).toBe('stand-in');
    expect(stage.places[0]!.asked).toHaveLength(1);
    const soon = stage.ask(allowed);
    await stage.clock.pass(0);
    expect(soon.value).toBe('stand-in');
    expect(stage.places[0]!.asked).toHaveLength(1);
    await stage.clock.pass(3000);
    stage.places[0]!.does = () => answersAfter(3000);
    const probing = stage.ask(allowed);
    await stage.clock.pass(0);
    expect(probing.value).toBe('stand-in');
    // The predictor goes on with a picture that was answered: its end tells that it is there.
    expect(stage.pool.places?.()[0]).toMatchObject({ state: 'starting', inFlight: 1 });
    await stage.clock.pass(3000);
    expect(stateOf(stage)).toBe('up');
    const last = stage.ask(allowed);
    await stage.clock.pass(3001);
    expect(last.value).toBe('a');
  });

  it('a place that can be checked is woken by checks alone', async () => {
    const stage = startingStage(['a'], { place: { isChecked: true }, checkTimeoutMs: 500 });
    const first = stage.ask(allowed);
    await stage.clock.pass(7000);
    expect(first.value).toBe('stand-in');
    expect(stage.places[0]!.asked).toHaveLength(1);
    expect(stage.places[0]!.checkCount()).toBeGreaterThanOrEqual(2);
    stage.places[0]!.checks = answersAfter(1);
    stage.places[0]!.does = () => answersAfter(50);
    await stage.clock.pass(3000);
    stage.ask(allowed);
    await stage.clock.pass(60);
    expect(stateOf(stage)).toBe('up');
  });

  it('pictures go to a place that is up, and not to the stand-in', async () => {
    const stage = startingStage(['a', 'b']);
    stage.places[1]!.does = () => answersAfter(50);
    const asked = Array.from({ length: 4 }, () => stage.ask(allowed));
    await stage.clock.pass(200);
    expect(asked.map(({ value }) => value)).toEqual(['b', 'b', 'b', 'b']);
    expect(stage.standIn.asked).toHaveLength(0);
  });

  it('a stand-in that fails leaves its picture waiting for the predictor', async () => {
    const stage = startingStage();
    stage.standIn.does = () => {
      throw new DioramaError('QUEUE_FULL', 'Full.');
    };
    const asked = stage.ask(allowed);
    await stage.clock.pass(100);
    expect(asked).toEqual({});
    stage.places[0]!.does = () => answersAfter(50);
    await stage.clock.pass(3000);
    expect(asked.value).toBe('a');
  });
});

describe('when every place is out', () => {
  it('the stand-in answers whom it may, those who wait already, too', async () => {
    const stage = startingStage(['a'], { pauseLeastMs: 60_000, pauseMostMs: 60_000 });
    stage.places[0]!.does = () => failsWith('PREDICTOR_UNAVAILABLE');
    const asked = Array.from({ length: 6 }, () => stage.ask(allowed));
    await stage.clock.pass(1000);
    expect(asked.map(({ value }) => value)).toEqual(Array(6).fill('stand-in'));
    const strict = stage.ask({ deadlineAtMs: stage.clock.epochMs() + 1000 });
    await stage.clock.pass(1000);
    expect(strict.error).toMatchObject({ code: 'PREDICTOR_UNAVAILABLE' });
  });
});

describe('when the only place says nothing at all', () => {
  it('the stand-in answers before the deadline', async () => {
    const stage = startingStage();
    stage.places[0]!.does = () => frozen;
    const asked = stage.ask({ ...allowed, deadlineAtMs: stage.clock.epochMs() + 10_000 });
    await stage.clock.pass(7999);
    expect(asked).toEqual({});
    await stage.clock.pass(1);
    expect(asked.value).toBe('stand-in');
  });
});

it('a stand-in is not asked for what its model does not know', async () => {
  const { standIn } = startingStage();
  const { card } = standIn.predictor;
  const depthOnly = { ...standIn.predictor, card: { ...card, tasks: ['depth' as const] } };
  const stage = startingStage(['a'], { standIn: depthOnly });
  const asked = stage.ask(allowed);
  await stage.clock.pass(1000);
  expect(asked).toEqual({});
});
