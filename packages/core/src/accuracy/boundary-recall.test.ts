import { expect, test } from 'vitest';
import { row, rows } from '../../test/row.ts';
import { boundaryRecall } from './boundary-recall.ts';

const alpha = row(0, 0, 1, 1);

test('a jump where the subject begins is found, one behind it or elsewhere is not', () => {
  expect(boundaryRecall(row(0, 0, 1, 1), alpha)).toBeCloseTo(1, 10);
  expect(boundaryRecall(row(1, 1, 0, 0), alpha)).toBe(0);
  expect(boundaryRecall(row(0, 1, 1, 1), alpha)).toBe(0);
});

test('a small step passes the lower ratios only', () => {
  // Nearness 0.5 and 0.55: a ratio of 1.1, over 1.05, 1.0722 and 1.0944, of ten that sum to 11.5.
  const inverse = row(0, 0.4 / 0.9, 0.45 / 0.9, 1);
  expect(boundaryRecall(inverse, alpha)).toBeCloseTo(
    (1.05 + 1.05 + 0.2 / 9 + 1.05 + 0.4 / 9) / 11.5,
    6,
  );
});

test('the four directions count alike', () => {
  // The subject's left and upper sides are found, its right and lower sides are not.
  const mask = rows([0, 0, 0], [0, 1, 0], [0, 0, 0]);
  const inverse = rows([0, 0, 0], [0, 1, 1], [0, 1, 1]);
  expect(boundaryRecall(inverse, mask)).toBeCloseTo(0.5, 10);
});

test('without a boundary there is nothing to recall', () => {
  expect(boundaryRecall(alpha, row(1, 1, 1, 1))).toBeUndefined();
  expect(boundaryRecall(row(0), row(0))).toBeUndefined();
});
