import { DioramaError } from '@diorama/core';
import { expect, test } from 'vitest';
import { durationText, problemLine } from './text.ts';

test('durations are as long as a person wants them', () => {
  const shown = [0, 999.4, 999.6, 59_949, 59_990, 245_000, 3_599_900, 7_800_000].map(durationText);
  expect(shown).toEqual([
    '0 ms',
    '999 ms',
    '1.0 s',
    '59.9 s',
    '1 min 00 s',
    '4 min 05 s',
    '1 h 00 min',
    '2 h 10 min',
  ]);
});

test('a problem is one line, whatever a file is called', () => {
  const error = new DioramaError('PHOTO_UNREADABLE', 'The photo\ncannot be read.');
  expect(problemLine('a\u001b[2J\nb\u202Egpj.jpg', error)).toBe(
    'a\uFFFD[2J b\uFFFDgpj.jpg: The photo cannot be read (PHOTO_UNREADABLE)',
  );
});
