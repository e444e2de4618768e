import { expect, test } from 'vitest';
import { row, rows } from '../../test/row.ts';
import { boundaryF, boundaryOf, boundaryTolerancePx } from './boundary.ts';

test('the boundary is the rim of the subject, and the picture’s border is none', () => {
  const block = boundaryOf(
    rows([0, 0, 0, 0, 0], [0, 1, 1, 1, 0], [0, 1, 1, 1, 0], [0, 1, 1, 1, 0], [0, 0, 0, 0, 0]),
  );
  expect(block.count).toBe(8);
  expect(block.pixels[12]).toBe(0);
  const half = boundaryOf(rows([1, 1, 0], [1, 1, 0]));
  expect([...half.pixels]).toEqual([0, 1, 0, 0, 1, 0]);
});

test('a boundary is found within the tolerance and not beyond', () => {
  const one = boundaryOf(row(0, 1, 0, 0, 0, 0));
  const three = boundaryOf(row(0, 0, 0, 0, 1, 0));
  expect(boundaryF(one, three, 3)).toBe(1);
  expect(boundaryF(one, three, 2)).toBe(0);
});

test('precision and recall both count', () => {
  // Of the answer's two pixels one is near, of the truth's one pixel one: 2 * 0.5 * 1 / 1.5.
  const answer = boundaryOf(row(0, 1, 0, 0, 0, 0, 1, 0));
  const truth = boundaryOf(row(0, 0, 1, 0, 0, 0, 0, 0));
  expect(boundaryF(answer, truth, 1)).toBeCloseTo(2 / 3, 10);
  expect(boundaryF(truth, answer, 1)).toBeCloseTo(2 / 3, 10);
});

test('no boundary is right only where there is none', () => {
  const none = boundaryOf(row(0, 0, 0));
  const some = boundaryOf(row(0, 1, 0));
  expect([boundaryF(none, none, 1), boundaryF(none, some, 9), boundaryF(some, none, 9)]).toEqual([
    1, 0, 0,
  ]);
});

test('the tolerance is 0.8 % of the diagonal, rounded up', () => {
  expect(boundaryTolerancePx({ width: 300, height: 400 })).toBe(4);
  expect(boundaryTolerancePx({ width: 303, height: 404 })).toBe(5);
});
