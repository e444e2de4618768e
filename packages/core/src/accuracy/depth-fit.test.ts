import { expect, test } from 'vitest';
import { row } from '../../test/row.ts';
import { depthFit } from './depth-fit.ts';

const everywhere = Uint32Array.of(0, 1, 2, 3);

test('any scale and shift of the truth fits it', () => {
  const truth = row(1, 2, 3, 4);
  const { absRel, delta1 } = depthFit(row(-1, 1, 3, 5), truth, everywhere);
  expect(absRel).toBeCloseTo(0, 10);
  expect(delta1).toBe(1);
});

test('the fit is the least squares of inverse depth, held to the true range', () => {
  // Scale 15.5 / 62.75, shift 2.5 - 3.25 * scale: fitted 1.6972, 1.9442, 2.1912, and 4.1673, which is held to 4.
  const { absRel, delta1 } = depthFit(row(0, 1, 2, 10), row(1, 2, 3, 4), everywhere);
  expect(absRel).toBeCloseTo((0.410798 + 0.028689 + 0.36909 + 0) / 4, 5);
  expect(delta1).toBe(0.5);
});

test('a flat answer is the mean', () => {
  // Inverse depths 1, 2, 3 against 2: depths 1, 1/2, 1/3 against 1/2.
  const { absRel, delta1 } = depthFit(row(7, 7, 7), row(1, 2, 3), Uint32Array.of(0, 1, 2));
  expect(absRel).toBeCloseTo(1 / 3, 10);
  expect(delta1).toBeCloseTo(1 / 3, 10);
});

test('places that are unknown take no part', () => {
  const { absRel } = depthFit(row(1, 99, 2, 3), row(1, 0, 2, 3), Uint32Array.of(0, 2, 3));
  expect(absRel).toBeCloseTo(0, 10);
});
