import { expect, test } from 'vitest';
import { plainText, pullText } from './pull-reporter.ts';

test('a pull says how far it is and how long the rest will take', () => {
  const half = { phase: 'download', received: 44e6, total: 88e6 } as const;
  expect(pullText('isnet', half, 11_000)).toBe(
    'isnet: fetching [############------------] 44.0 of 88.0 MB, about 4.0 s left',
  );
  expect(pullText('isnet', half, 0)).toBe(
    'isnet: fetching [############------------] 44.0 of 88.0 MB',
  );
  expect(plainText('isnet', half)).toBe('isnet: fetching, 44.0 of 88.0 MB');
});

test('where nobody says how large the file is, what arrived is told', () => {
  expect(pullText('isnet', { phase: 'download', received: 44e6 }, 1)).toBe(
    'isnet: fetching, 44.0 MB',
  );
  expect(pullText('isnet', { phase: 'wait', received: 0 }, 1)).toBe(
    'isnet: another process pulls it',
  );
});
