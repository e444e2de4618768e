import { describe, expect, it } from 'vitest';
import { poolStage } from './pool-stage.ts';
import { answersAfter, failsWith, frozen } from './scripted-place.ts';

const checked = { place: { isChecked: true }, checkEveryMs: 1000, checkTimeoutMs: 300 };

/** Keeps pictures coming, so that the pool is not idle. */
async function busy(stage: ReturnType<typeof poolStage>, ms: number): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += 200) {
    stage.ask();
    await stage.clock.pass(200);
  }
}

const stateOf = (stage: ReturnType<typeof poolStage>, at: number) =>
  stage.pool.places?.()[at]?.state;

describe('a place that can be checked', () => {
  it('is checked as often as was said while pictures come, and not at all once none come', async () => {
    const stage = poolStage(['a'], { ...checked, idleAfterMs: 10_000 });
    stage.ask();
    await stage.clock.pass(10_000);
    const count = stage.places[0]!.checkCount();
    expect(count).toBeGreaterThanOrEqual(7);
    expect(count).toBeLessThanOrEqual(13);
    await stage.clock.pass(60_000);
    expect(stage.places[0]!.checkCount()).toBeLessThanOrEqual(count + 1);
    const before = stage.places[0]!.checkCount();
    stage.ask();
    await stage.clock.pass(5000);
    expect(stage.places[0]!.checkCount()).toBeGreaterThan(before);
  });

  it('is out after two checks without an answer, though no picture was lost there', async () => {
    const stage = poolStage(['a', 'b'], checked);
    stage.ask();
    stage.places[0]!.checks = frozen;
    await stage.clock.pass(6000);
    expect(stateOf(stage, 0)).toBe('out');
    const before = stage.places[0]!.asked.length;
    await busy(stage, 2000);
    expect(stage.places[0]!.asked).toHaveLength(before);
  });

  it('stays up where its pictures are answered, whatever its checks say', async () => {
    const stage = poolStage(['a', 'b'], { ...checked, random: () => 0 });
    for (const place of stage.places) place.checks = failsWith('PREDICTOR_UNAVAILABLE');
    await busy(stage, 10_000);
    expect(stateOf(stage, 0)).toBe('up');
  });

  it('stays up where it is the only one and merely silent', async () => {
    const stage = poolStage(['a'], checked);
    stage.places[0]!.checks = frozen;
    stage.places[0]!.does = () => answersAfter(8000);
    const asked = stage.ask();
    await stage.clock.pass(8001);
    expect(asked.value).toBe('a');
  });

  it('is sent no picture before it says that it lives', async () => {
    const stage = poolStage(['a', 'b'], { ...checked, pauseLeastMs: 500, pauseMostMs: 1000 });
    const [a] = stage.places;
    a!.does = () => failsWith('PREDICTOR_UNAVAILABLE');
    a!.checks = failsWith('PREDICTOR_UNAVAILABLE');
    while (stateOf(stage, 0) === 'up') await busy(stage, 200);
    const before = a!.asked.length;
    await busy(stage, 10_000);
    expect(a!.asked).toHaveLength(before);
    a!.does = () => answersAfter(100);
    a!.checks = answersAfter(1);
    await busy(stage, 2000);
    expect(stateOf(stage, 0)).toBe('up');
    expect(a!.asked.length).toBeGreaterThan(before);
  });

  it('that was out while no pictures came is checked when the next one does', async () => {
    const stage = poolStage(['a', 'b'], { ...checked, idleAfterMs: 1000 });
    const [a] = stage.places;
    a!.checks = failsWith('PREDICTOR_UNAVAILABLE');
    a!.does = a!.checks && (() => failsWith('PREDICTOR_UNAVAILABLE'));
    while (stateOf(stage, 0) === 'up') await busy(stage, 200);
    await stage.clock.pass(120_000);
    const before = a!.checkCount();
    a!.checks = answersAfter(1);
    a!.does = () => answersAfter(10);
    stage.ask();
    await stage.clock.pass(5);
    expect(a!.checkCount()).toBe(before + 1);
    await busy(stage, 400);
    expect(stateOf(stage, 0)).toBe('up');
  });
});
