import { describe, expect, it } from 'vitest';
import { poolStage } from './pool-stage.ts';
import { answersAfter, frozen } from './scripted-place.ts';

/** A pool that knows what its places take: 100 ms. */
async function learned(options: Parameters<typeof poolStage>[1] = {}) {
  const stage = poolStage(['a', 'b'], options);
  for (let n = 0; n < 40; n++) {
    stage.ask();
    stage.ask();
    await stage.clock.pass(200);
  }
  return stage;
}

const hedgesOf = (stage: ReturnType<typeof poolStage>) =>
  (stage.pool.places?.() ?? []).reduce((sum, { hedged }) => sum + hedged, 0);

describe('a picture whose place does not answer', () => {
  it('goes to another one once that place is later than usual', async () => {
    const stage = await learned();
    stage.places[0]!.does = () => frozen;
    const asked = [stage.ask(), stage.ask()];
    await stage.clock.pass(99);
    expect(hedgesOf(stage)).toBe(0);
    await stage.clock.pass(2);
    expect(hedgesOf(stage)).toBe(1);
    await stage.clock.pass(100);
    expect(asked.map(({ value }) => value)).toEqual(['b', 'b']);
  });

  it('goes to another one after a while even if nothing is known of its place', async () => {
    const stage = poolStage(['a', 'b'], { hedgeStartMs: 700, random: () => 0 });
    stage.places[0]!.does = () => frozen;
    const asked = stage.ask();
    await stage.clock.pass(801);
    expect(asked.value).toBe('b');
  });

  it('takes the first answer, and the other place is told to stop', async () => {
    const stage = await learned({ random: () => 0 });
    stage.places[0]!.does = () => answersAfter(250);
    stage.places[1]!.does = () => answersAfter(1000);
    const asked = stage.ask();
    await stage.clock.pass(251);
    expect(asked.value).toBe('a');
    expect(hedgesOf(stage)).toBe(1);
    expect(stage.places[1]!.held.size).toBe(0);
  });
});

describe('second places', () => {
  it('are asked for a tenth of all pictures at most', async () => {
    const stage = await learned({ place: { maxInFlight: 32 } });
    const before = stage.places.reduce((sum, { asked }) => sum + asked.length, 0);
    const hedgedBefore = hedgesOf(stage);
    // Every fifth answer comes late, so that a fifth of all would want one.
    for (const place of stage.places) {
      place.does = (nth) => answersAfter(nth % 5 === 0 ? 1000 : 100);
    }
    for (let n = 0; n < 300; n++) {
      stage.ask();
      await stage.clock.pass(50);
    }
    await stage.clock.pass(2000);
    const sent = stage.places.reduce((sum, { asked }) => sum + asked.length, 0) - before;
    const hedged = hedgesOf(stage) - hedgedBefore;
    expect(sent - hedged).toBe(300);
    expect(hedged).toBeGreaterThan(15);
    // What was saved up before, and a tenth of these.
    expect(hedged).toBeLessThanOrEqual(10 + 30);
  });

  it('are not asked while others wait for room', async () => {
    const stage = await learned({ place: { maxInFlight: 2 } });
    const before = hedgesOf(stage);
    for (const place of stage.places) place.does = () => answersAfter(1000);
    const asked = Array.from({ length: 8 }, () => stage.ask());
    await stage.clock.pass(1900);
    expect(hedgesOf(stage)).toBe(before);
    await stage.clock.pass(2000);
    expect(asked.every(({ value }) => value)).toBe(true);
  });

  it('are never asked where that was switched off', async () => {
    const stage = await learned({ hedgeShare: 0, random: () => 0 });
    stage.places[0]!.does = () => answersAfter(390);
    stage.ask();
    await stage.clock.pass(500);
    expect(hedgesOf(stage)).toBe(0);
  });
});

describe('a frozen place', () => {
  it('is out after three pictures, those that it has go elsewhere at once, and it holds no room', async () => {
    const stage = await learned({ place: { maxInFlight: 16 } });
    const [a] = stage.places;
    a!.does = () => frozen;
    const asked = Array.from({ length: 12 }, () => stage.ask());
    await stage.clock.pass(205);
    expect(a!.held.size).toBe(6);
    await stage.clock.pass(800);
    expect(asked.map(({ value }) => value)).toEqual(Array(12).fill('b'));
    expect(stage.pool.places?.()[0]).toMatchObject({ state: 'out', inFlight: 0 });
  });

  it('costs a picture that gets no second place a moment, not its deadline', async () => {
    const stage = await learned({ hedgeShare: 0, random: () => 0 });
    stage.places[0]!.does = () => frozen;
    const asked = stage.ask();
    await stage.clock.pass(399);
    expect(asked.value).toBeUndefined();
    await stage.clock.pass(110);
    expect(asked.value).toBe('b');
  });

  it('that was the only one is waited for: nobody else can answer', async () => {
    const stage = poolStage(['a']);
    await stage.askInTurn(20);
    stage.places[0]!.does = () => answersAfter(30_000);
    const asked = stage.ask();
    await stage.clock.pass(30_001);
    expect(asked.value).toBe('a');
    expect(stage.pool.places?.()[0]).toMatchObject({ state: 'up', failed: 0 });
  });

  it('is waited for, too, where the others are out', async () => {
    const stage = await learned();
    const [a, b] = stage.places;
    b!.does = () => ({ fails: 'PREDICTOR_UNAVAILABLE', afterMs: 1 });
    while (stage.pool.places?.()[1]?.state === 'up') await stage.askInTurn(1);
    a!.does = () => answersAfter(5000);
    const asked = stage.ask();
    await stage.clock.pass(5001);
    expect(asked.value).toBe('a');
    expect(stage.pool.places?.()[0]).toMatchObject({ state: 'up', failed: 0 });
  });

  it('that comes back is found out by a picture which another place answers meanwhile', async () => {
    const stage = await learned({ pauseLeastMs: 1000 });
    const [a] = stage.places;
    a!.does = () => frozen;
    const lost = Array.from({ length: 6 }, () => stage.ask());
    await stage.clock.pass(600);
    expect(lost.every(({ value }) => value === 'b')).toBe(true);
    expect(stage.pool.places?.()[0]?.state).toBe('out');
    a!.does = () => answersAfter(300);
    await stage.clock.pass(1000);
    const trial = stage.ask();
    await stage.clock.pass(126);
    expect(trial.value).toBe('b');
    expect(stage.pool.places?.()[0]).toMatchObject({ state: 'out', inFlight: 1 });
    await stage.clock.pass(200);
    expect(stage.pool.places?.()[0]?.state).toBe('up');
  });
});

describe('places that all become slow', () => {
  it('stay up, and every picture is answered', async () => {
    const stage = await learned();
    for (const place of stage.places) place.does = () => answersAfter(2500);
    const asked = Array.from({ length: 40 }, () => stage.ask());
    await stage.clock.pass(50_000);
    expect(asked.filter(({ value }) => value)).toHaveLength(40);
    expect(stage.pool.places?.().some(({ state }) => state === 'up')).toBe(true);
  });
});
