import { expect, test } from 'vitest';
import { floatRaster } from '../raster.ts';
import { depthMeter, knownDepths, verticalRamp } from './depth-meter.ts';

/** Nearer to the right, unknown in the left half. */
function truth() {
  const out = floatRaster({ width: 40, height: 40 }, 1);
  for (let i = 0; i < 1600; i++) out.data[i] = i % 40 < 20 ? 0 : 1.2 ** (i % 40);
  return out;
}

test('only places with a depth that can be are known', () => {
  const inverse = floatRaster({ width: 5, height: 1 }, 1);
  inverse.data.set([0, 2, Number.NaN, Number.POSITIVE_INFINITY, -1]);
  expect([...knownDepths(inverse)]).toEqual([1]);
});

test('what is answered where nothing is known changes nothing', () => {
  const measure = depthMeter(truth(), { isOrderOnly: false });
  const wild = truth();
  for (let i = 0; i < 1600; i++) if (i % 40 < 20) wild.data[i] = i;
  expect(measure(wild)).toEqual(measure(truth()));
  expect(measure(wild)).toMatchObject({ ordinal: 1, ordinalSameRow: 1, delta1: 1 });
});

test('a ramp from top to foot knows nothing of left and right', () => {
  const figures = depthMeter(truth(), { isOrderOnly: false })(verticalRamp(truth()));
  expect(figures.ordinal).toBeCloseTo(0.5, 1);
  expect(figures.ordinalSameRow).toBeCloseTo(0.5, 1);
  expect(figures.delta1).toBeLessThan(0.5);
});

test('a weak truth is asked for order only', () => {
  const figures = depthMeter(truth(), { isOrderOnly: true })(truth());
  expect(figures).toEqual({ ordinal: 1, ordinalSameRow: 1 });
});

test('a ramp runs from 0 in the top row to 1 in the lowest', () => {
  expect([...verticalRamp({ width: 2, height: 3 }).data]).toEqual([0, 0, 0.5, 0.5, 1, 1]);
  expect([...verticalRamp({ width: 1, height: 1 }).data]).toEqual([0]);
});
