import { expect, test } from 'vitest';
import { row } from '../../test/row.ts';
import { maxF } from './max-f.ts';

const alpha = row(1, 1, 0, 0);

test('the best threshold decides', () => {
  // Over 0.6 only pixel 0 is left: P = 1, R = 1/2, F = 1.3 * 0.5 / (0.3 + 0.5) = 0.8125.
  // Up to 0.4 pixels 0, 1, 2: P = 2/3, R = 1, F = 1.3 * (2/3) / (0.2 + 1) = 0.722.
  expect(maxF(row(0.9, 0.4, 0.6, 0), { alpha })).toBeCloseTo(0.8125, 6);
  expect(maxF(row(0.5, 0.4, 0.6, 0), { alpha })).toBeCloseTo(1.3 / 1.8, 6);
});

test('a matte is as good as its order, however faint it is', () => {
  expect(maxF(row(0.2, 0.2, 0.1, 0), { alpha })).toBe(1);
});

test('what nobody knows does not count', () => {
  expect(maxF(row(0.4, 0.4, 0.6, 0), { alpha, known: Uint8Array.of(1, 1, 0, 1) })).toBe(1);
});

test('an empty matte finds nothing, and is right where nothing is', () => {
  const empty = row(0, 0, 0, 0);
  expect(maxF(empty, { alpha })).toBe(0);
  expect(maxF(empty, { alpha: empty })).toBe(1);
  expect(maxF(row(1, 0, 0, 0), { alpha: empty })).toBe(0);
});
