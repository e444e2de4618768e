import { expect, test } from 'vitest';
import { type FloatRaster, floatRaster } from '../raster.ts';
import { gradientError, steepness } from './gradient-error.ts';

function field(width: number, height: number, value: (x: number, y: number) => number) {
  const out = floatRaster({ width, height }, 1);
  for (let i = 0; i < out.data.length; i++) out.data[i] = value(i % width, Math.floor(i / width));
  return out;
}

test('an even matte is nowhere steep, borders included', () => {
  for (const value of steepness(field(9, 7, () => 0.5))) expect(value).toBeCloseTo(0, 6);
});

test('a ramp is as steep as the kernel of 9 by 9 says, whichever way it goes', () => {
  // The kernel d * exp(-(d² + e²) / (2 * 1.4²)) over d, e = -4..4, its squares summing to 1, laid on 0.02 * d.
  let squares = 0;
  let sum = 0;
  for (let d = -4; d <= 4; d++) {
    for (let e = -4; e <= 4; e++) {
      const weight = d * Math.exp(-(d * d + e * e) / (2 * 1.4 ** 2));
      squares += weight ** 2;
      sum += weight * 0.02 * d;
    }
  }
  const expected = sum / Math.sqrt(squares);
  const middle = (matte: FloatRaster) => steepness(matte)[10 * 21 + 10];
  expect(middle(field(21, 21, (x) => 0.02 * x))).toBeCloseTo(expected, 5);
  expect(middle(field(21, 21, (_, y) => 1 - 0.02 * y))).toBeCloseTo(expected, 5);
  const aslant = field(21, 21, (x, y) => 0.012 * x + 0.016 * y);
  expect(middle(aslant)).toBeCloseTo(expected, 5);
});

test('errors are squared, summed and told in thousands', () => {
  expect(gradientError(Float32Array.of(1, 2, 0.5), Float32Array.of(0, 4, 0.5))).toBe(0.005);
});
