import { expect, test } from 'vitest';
import { progressText } from './progress-line.ts';

test('progress says how far it is and how long the rest will take', () => {
  expect(progressText({ total: 40, ended: 0, worked: 0, elapsedMs: 500 })).toBe(
    '[------------------------] 0/40 photos, 500 ms',
  );
  expect(progressText({ total: 40, ended: 20, worked: 10, elapsedMs: 30_000 })).toBe(
    '[############------------] 20/40 photos, 30.0 s, about 1 min 00 s left',
  );
  expect(progressText({ total: 1, ended: 1, worked: 1, elapsedMs: 1000 })).toBe(
    '[########################] 1/1 photo, 1.0 s',
  );
});
