import { expect, test } from 'vitest';
import { row } from '../../test/row.ts';
import { alphaDifference } from './alpha-difference.ts';

const answer = row(1, 0.25, 0.75, 0);
const alpha = row(1, 1, 0, 0);

test('overlap and differences are those of the pixels', () => {
  // Subject by the answer: pixels 0 and 2; in truth: 0 and 1.
  expect(alphaDifference(answer, { alpha })).toEqual({ iou: 1 / 3, mae: 0.375, sad: 0.0015 });
});

test('what nobody knows does not count', () => {
  const known = Uint8Array.of(1, 1, 0, 1);
  expect(alphaDifference(answer, { alpha, known })).toEqual({ iou: 0.5, mae: 0.25, sad: 0.00075 });
});

test('two empty mattes agree, an empty and a full one do not', () => {
  const empty = row(0, 0);
  expect(alphaDifference(empty, { alpha: empty })).toEqual({ iou: 1, mae: 0, sad: 0 });
  expect(alphaDifference(row(1, 1), { alpha: empty })).toEqual({ iou: 0, mae: 1, sad: 0.002 });
});
