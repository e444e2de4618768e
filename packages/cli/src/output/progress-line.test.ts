import { expect, test } from 'vitest';
import { progressText } from './progress-line.ts';

test('progress says how far it is and how long the rest will take', () => {
  expect(progressText({ total: 40, ended: 0, made: 0, madeMs: 0, elapsedMs: 500 })).toBe(
    '[------------------------] 0/40 photos, 500 ms',
  );
  // 10 of 20 were skipped: 3 s for each that was made, and 2 s of the next are over.
  const half = { total: 40, ended: 20, made: 10, madeMs: 30_000 };
  expect(progressText({ ...half, elapsedMs: 32_000 })).toBe(
    '[############------------] 20/40 photos, 32.0 s, about 58.0 s left',
  );
  expect(progressText({ ...half, elapsedMs: 200_000 })).toBe(
    '[############------------] 20/40 photos, 3 min 20 s',
  );
  expect(progressText({ total: 1, ended: 1, made: 1, madeMs: 1000, elapsedMs: 1000 })).toBe(
    '[########################] 1/1 photo, 1.0 s',
  );
});
