import { describe, expect, it } from 'vitest';
import { poolStage } from './pool-stage.ts';
import { answersAfter, failsWith } from './scripted-place.ts';

const stateOf = (stage: ReturnType<typeof poolStage>, at: number) =>
  stage.pool.places?.()[at]?.state;

describe('a try that fails', () => {
  it.each(['PREDICTOR_UNAVAILABLE', 'CANCELLED', 'DEADLINE_EXCEEDED', 'QUEUE_FULL'] as const)(
    'with %s sends its picture to another place at once',
    async (code) => {
      const stage = poolStage(['a', 'b']);
      stage.places[0]!.does = () => failsWith(code);
      const asked = [stage.ask(), stage.ask()];
      await stage.clock.pass(150);
      expect(asked.map(({ value }) => value)).toEqual(['b', 'b']);
    },
  );

  it('for what the picture is fails the picture, and the place is not to blame', async () => {
    const stage = poolStage(['a', 'b']);
    for (const place of stage.places) place.does = () => failsWith('PHOTO_UNREADABLE');
    const asked = Array.from({ length: 8 }, () => stage.ask());
    await stage.clock.pass(10);
    for (const { error } of asked) expect(error).toMatchObject({ code: 'PHOTO_UNREADABLE' });
    expect(stage.places.map(({ asked: { length } }) => length)).toEqual([4, 4]);
    expect(stage.pool.places?.().map(({ state, failed }) => [state, failed])).toEqual([
      ['up', 0],
      ['up', 0],
    ]);
  });

  it('everywhere is made again after a while, until there is an answer', async () => {
    const stage = poolStage(['a', 'b']);
    for (const place of stage.places) {
      place.does = (nth) => (nth < 3 ? failsWith('PREDICTOR_UNAVAILABLE') : answersAfter(10));
    }
    const asked = stage.ask();
    await stage.clock.pass(5);
    expect(stage.places.map(({ asked: { length } }) => length)).toEqual([1, 1]);
    await stage.clock.pass(500);
    expect(asked.value).toMatch(/a|b/);
  });

  it('with anything but a Diorama error fails only its place', async () => {
    const stage = poolStage(['a', 'b']);
    stage.places[0]!.does = () => {
      throw new TypeError('fetch failed');
    };
    const asked = [stage.ask(), stage.ask()];
    await stage.clock.pass(150);
    expect(asked.map(({ value }) => value)).toEqual(['b', 'b']);
  });
});

describe('a refusal that only one place has a reason for', () => {
  it.each(['ANSWER_TOO_LARGE', 'SEAL_REQUIRED', 'SEAL_KEY_UNKNOWN'] as const)(
    '(%s) loses no picture, and puts that place out',
    async (code) => {
      const stage = poolStage(['a', 'b']);
      stage.places[0]!.does = () => failsWith(code);
      expect(await stage.askInTurn(60)).toEqual(Array(60).fill('b'));
      expect(stateOf(stage, 0)).toBe('out');
    },
  );

  it('is the picture’s where every place says so', async () => {
    const stage = poolStage(['a', 'b']);
    for (const place of stage.places) place.does = () => failsWith('ANSWER_TOO_LARGE');
    const asked = stage.ask();
    await stage.clock.pass(200);
    expect(asked.error).toMatchObject({ code: 'ANSWER_TOO_LARGE' });
    expect([stateOf(stage, 0), stateOf(stage, 1)]).toEqual(['up', 'up']);
  });
});

describe('nonsense as an answer', () => {
  it('from one place is answered by another, and the place that gave it is put out', async () => {
    const stage = poolStage(['a', 'b']);
    stage.places[0]!.does = () => failsWith('MODEL_OUTPUT_INVALID');
    expect(await stage.askInTurn(60)).toEqual(Array(60).fill('b'));
    expect(stateOf(stage, 0)).toBe('out');
    // Two that were put down to the place, one that put it out, and trials.
    expect(stage.places[0]!.asked.length).toBeLessThan(10);
  });

  it('from all of them is thrown at once, and puts none of them out', async () => {
    const stage = poolStage(['a', 'b']);
    for (const place of stage.places) place.does = () => failsWith('MODEL_OUTPUT_INVALID');
    for (let n = 0; n < 6; n++) {
      const asked = stage.ask();
      await stage.clock.pass(10);
      expect(asked.error).toMatchObject({ code: 'MODEL_OUTPUT_INVALID' });
    }
    expect([stateOf(stage, 0), stateOf(stage, 1)]).toEqual(['up', 'up']);
  });
});

describe('a place that fails three times in a row', () => {
  it('gets nothing until its pause is over, then one picture, then more and more', async () => {
    const stage = poolStage(['a', 'b'], { pauseLeastMs: 1000, hedgeShare: 0 });
    const [a] = stage.places;
    a!.does = () => failsWith('PREDICTOR_UNAVAILABLE');
    while (stateOf(stage, 0) === 'up') await stage.askInTurn(1);
    expect(a!.asked).toHaveLength(3);
    a!.does = () => answersAfter(100);
    await stage.clock.pass(1000);
    const asked = Array.from({ length: 8 }, () => stage.ask());
    await stage.clock.pass(1);
    // Four of them wait: b has all that it may.
    expect(a!.held.size).toBe(1);
    await stage.clock.pass(100);
    expect(stateOf(stage, 0)).toBe('up');
    expect(a!.held.size).toBe(1);
    await stage.clock.pass(300);
    expect(asked.every(({ value }) => value)).toBe(true);
    for (let n = 0; n < 8; n++) stage.ask();
    await stage.clock.pass(1);
    expect(a!.held.size).toBeGreaterThan(1);
  });

  it('is left alone for longer each time it fails its trial', async () => {
    const stage = poolStage(['a', 'b'], {
      pauseLeastMs: 1000,
      pauseMostMs: 60_000,
      random: () => 0.2,
    });
    const [a] = stage.places;
    const trialsAtMs: number[] = [];
    a!.does = () => {
      trialsAtMs.push(stage.clock.nowMs());
      return failsWith('PREDICTOR_UNAVAILABLE');
    };
    for (let n = 0; n < 150; n++) {
      stage.ask();
      await stage.clock.pass(100);
    }
    const pauses = trialsAtMs
      .slice(2)
      .flatMap((atMs, n, all) => (n === 0 ? [] : [atMs - all[n - 1]!]));
    expect(pauses.length).toBeGreaterThan(2);
    expect(pauses).toEqual(pauses.toSorted((x, y) => x - y));
    expect(pauses.at(-1)!).toBeGreaterThan(3 * pauses[0]!);
  });

  it('leaves pictures waiting where it was the only one, and answers them once it is back', async () => {
    const stage = poolStage(['a'], { pauseLeastMs: 1000 });
    const [a] = stage.places;
    a!.does = () => failsWith('PREDICTOR_UNAVAILABLE');
    const asked = Array.from({ length: 3 }, () => stage.ask());
    await stage.clock.pass(500);
    expect(stateOf(stage, 0)).toBe('out');
    a!.does = () => answersAfter(10);
    await stage.clock.pass(3000);
    expect(asked.map(({ value }) => value)).toEqual(['a', 'a', 'a']);
  });
});

describe('when no place answers', () => {
  it('PREDICTOR_UNAVAILABLE is said shortly before the deadline', async () => {
    const stage = poolStage(['a', 'b'], { pauseLeastMs: 60_000 });
    for (const place of stage.places) place.does = () => failsWith('PREDICTOR_UNAVAILABLE');
    for (let n = 0; n < 3; n++) stage.ask();
    await stage.clock.pass(1000);
    const asked = stage.ask({ deadlineAtMs: stage.clock.epochMs() + 5000 });
    await stage.clock.pass(4899);
    expect(asked.error).toBeUndefined();
    await stage.clock.pass(1);
    expect(asked.error).toMatchObject({
      code: 'PREDICTOR_UNAVAILABLE',
      // By the place, since it knows why.
      message: expect.stringMatching(/^(a|b) failed\.$/),
    });
  });

  it('for a reason that will not pass, that reason is said at once', async () => {
    const stage = poolStage(['a', 'b']);
    for (const place of stage.places) place.does = () => failsWith('CONFIG_INVALID');
    for (let n = 0; n < 10; n++) {
      const asked = stage.ask();
      await stage.clock.pass(5);
      expect(asked.error).toMatchObject({ code: 'CONFIG_INVALID' });
    }
    expect(stateOf(stage, 0)).toBe('out');
  });
});

describe('a place with too much to do', () => {
  it('is asked again when it said, with fewer pictures, and is up all the while', async () => {
    const stage = poolStage(['a']);
    const [a] = stage.places;
    a!.does = (nth) =>
      nth <= 4 ? failsWith('QUEUE_FULL', { retryAfterMs: 2000 }) : answersAfter(10);
    const asked = Array.from({ length: 4 }, () => stage.ask());
    await stage.clock.pass(1900);
    expect(a!.asked).toHaveLength(4);
    expect(stateOf(stage, 0)).toBe('up');
    await stage.clock.pass(2000);
    expect(asked.map(({ value }) => value)).toEqual(['a', 'a', 'a', 'a']);
  });
});
