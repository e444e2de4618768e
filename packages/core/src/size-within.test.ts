import { expect, it } from 'vitest';
import { sizeWithin } from './size-within.ts';

it.each([
  [{ width: 4000, height: 3000 }, 1024, { width: 1024, height: 768 }],
  [{ width: 300, height: 400 }, 1024, { width: 300, height: 400 }],
  [{ width: 1, height: 8000 }, 256, { width: 1, height: 256 }],
  [{ width: 5000, height: 2 }, 100, { width: 100, height: 1 }],
])('%o within %i is %o', (size, longSide, within) => {
  expect(sizeWithin(size, longSide)).toEqual(within);
});
