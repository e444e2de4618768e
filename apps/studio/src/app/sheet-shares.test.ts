import { expect, it } from 'vitest';
import { nextShare, SHEET_SHARES, settledShare } from './sheet-shares.ts';

it('a sheet that is let go comes to rest at the nearest of its heights', () => {
  expect([-0.2, 0.1, 0.25, 0.5, 0.6, 2].map(settledShare)).toEqual([0, 0, 0.38, 0.38, 0.64, 0.64]);
});

it('a press makes a sheet that is there small, and another one usual', () => {
  expect(SHEET_SHARES.map(nextShare)).toEqual([0.38, 0, 0]);
});
