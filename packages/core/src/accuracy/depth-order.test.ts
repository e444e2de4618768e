import { expect, test } from 'vitest';
import { type FloatRaster, floatRaster } from '../raster.ts';
import { orderShares } from './depth-order.ts';

/** One column of 100 rows. */
function column(value: (y: number) => number): FloatRaster {
  const out = floatRaster({ width: 1, height: 100 }, 1);
  for (let y = 0; y < 100; y++) out.data[y] = value(y);
  return out;
}

const pairsOf = (count: number, pair: (k: number) => readonly [number, number]) => ({
  first: Uint32Array.from({ length: count }, (_, k) => pair(k)[0]),
  second: Uint32Array.from({ length: count }, (_, k) => pair(k)[1]),
});

const truth = column((y) => 1.2 ** y);

test('the right order is 1, the wrong one 0, and no order a half', () => {
  const pairs = pairsOf(50, (k) => [k, k + 1]);
  const right = { ordinal: 1, ordinalSameRow: 1 };
  expect(orderShares(truth, truth, pairs)).toEqual(right);
  expect(
    orderShares(
      column((y) => y / 100),
      truth,
      pairs,
    ),
  ).toEqual(right);
  const wrong = orderShares(
    column((y) => -y),
    truth,
    pairs,
  );
  expect(wrong).toEqual({ ordinal: 0, ordinalSameRow: 0 });
  const flat = orderShares(
    column(() => 0.5),
    truth,
    pairs,
  );
  expect(flat).toEqual({ ordinal: 0.5, ordinalSameRow: 0.5 });
});

test('rows up to 3 % of the height apart are one row', () => {
  // 30 pairs 3 rows apart, answered rightly, and 30 pairs 4 rows apart, answered wrongly.
  const pairs = pairsOf(60, (k) => (k < 30 ? [0, 3] : [0, 4]));
  const answer = column((y) => (y === 3 ? 2 : y === 4 ? 0 : 1));
  expect(orderShares(answer, truth, pairs)).toEqual({ ordinal: 0.5, ordinalSameRow: 1 });
});

test('pairs at nearly one depth tell nothing', () => {
  const near = column((y) => (y === 0 ? 1 : y === 1 ? 1.0999 : 1.2));
  // 20 pairs that tell something, 80 that do not and that the answer has wrong.
  const pairs = pairsOf(100, (k) => (k < 20 ? [0, 50] : [0, 1]));
  const answer = column((y) => (y === 50 ? 9 : -y));
  expect(orderShares(answer, near, pairs)).toEqual({ ordinal: 1 });
});

test('fewer than 20 pairs give no share', () => {
  expect(
    orderShares(
      truth,
      truth,
      pairsOf(19, () => [0, 50]),
    ),
  ).toEqual({});
});
