import { expect, it } from 'vitest';
import { poolStage } from './pool-stage.ts';
import { frozen, scriptedPlace } from './scripted-place.ts';

it('ends pictures, timers, places and the stand-in, and takes no more', async () => {
  const stage = poolStage(['a', 'b'], { place: { maxInFlight: 1, isChecked: true } });
  stage.places[0]!.does = () => frozen;
  const asked = Array.from({ length: 3 }, () => stage.ask());
  await stage.clock.pass(50);
  await stage.pool.dispose();
  await stage.pool.dispose();
  const late = stage.ask();
  await stage.clock.pass(0);
  for (const { error } of [...asked, late]) expect(error).toMatchObject({ code: 'CANCELLED' });
  expect(stage.clock.pending).toBe(0);
  expect(stage.places.map((place) => place.isDisposed())).toEqual([true, true]);
  expect(stage.pool.places?.().map(({ inFlight }) => inFlight)).toEqual([0, 0]);
});

it('ends its stand-in with it', async () => {
  const other = poolStage(['other']);
  const standIn = scriptedPlace(other.clock, 'stand-in');
  const stage = poolStage(['a'], { standIn: standIn.predictor });
  await stage.pool.dispose();
  expect(standIn.isDisposed()).toBe(true);
});

it('leaves no timer behind once every picture is answered, but for checks that come', async () => {
  const stage = poolStage(['a', 'b']);
  for (let n = 0; n < 6; n++) stage.ask();
  await stage.clock.pass(1000);
  expect(stage.clock.pending).toBe(0);
});
