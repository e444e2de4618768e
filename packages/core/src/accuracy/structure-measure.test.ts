import { expect, test } from 'vitest';
import { row, rows } from '../../test/row.ts';
import { structureMeasure } from './structure-measure.ts';

test('a matte that is the truth measures 1', () => {
  const alpha = rows([0, 0, 0, 0], [0, 1, 1, 0], [0, 1, 1, 0], [0, 0, 0, 0]);
  expect(structureMeasure(alpha, { alpha })).toBeCloseTo(1, 6);
});

test('half of it is objects, half regions', () => {
  // Objects: both means 0.8, deviation 0: 1.6 / 1.64. The centre is the last pixel, so one region has all: means 0.5
  // and 0.5, variances 0.18 and 0.5, covariance 0.3: 4 * 0.25 * 0.3 / (0.5 * 0.68).
  const expected = 0.5 * (1.6 / 1.64) + 0.5 * (0.3 / 0.34);
  expect(structureMeasure(row(0.2, 0.8), { alpha: row(0, 1) })).toBeCloseTo(expected, 6);
});

test('an object that is uneven counts less, and so do regions that do not vary together', () => {
  // Means 0.75 and deviations sqrt(0.125) inside and outside; each region is flat in the truth and not in the answer.
  const object = 1.5 / (0.75 ** 2 + 1 + Math.sqrt(0.125));
  const alpha = row(1, 1, 0, 0);
  expect(structureMeasure(row(1, 0.5, 0.5, 0), { alpha })).toBeCloseTo(0.5 * object, 6);
});

test('without a subject, or without a background, the mean decides', () => {
  expect(structureMeasure(row(0.25, 0), { alpha: row(0, 0) })).toBe(0.875);
  expect(structureMeasure(row(0.25, 0), { alpha: row(1, 1) })).toBe(0.125);
});

test('what nobody knows does not count', () => {
  const known = Uint8Array.of(1, 0, 1);
  const seen = structureMeasure(row(0.2, 0.9, 0.8), { alpha: row(0, 0, 1), known });
  expect(seen).toBeCloseTo(structureMeasure(row(0.2, 0.8), { alpha: row(0, 1) }), 6);
});

test('a matte that goes the other way measures 0, not less', () => {
  // Objects 0.4 / 1.04, regions -0.3 / 0.34: their mean is below 0.
  expect(structureMeasure(row(0.8, 0.2), { alpha: row(0, 1) })).toBe(0);
});
