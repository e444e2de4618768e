import { expect, test } from 'vitest';
import { meanFigures } from './averages.ts';
import { subjectShares } from './subject-shares.ts';

test('a mean is over the rows that have the figure', () => {
  const rows = [{ iou: 1, halo: 0.5 }, { iou: 0 }, { iou: 0.5 }];
  expect(meanFigures(rows, ['iou', 'halo', 'mae'])).toEqual({ iou: 0.5, halo: 0.5 });
  expect(meanFigures([], ['iou'])).toEqual({});
});

test('shares of "no subject" are told apart by whether there is one', () => {
  const answers = [
    { hasSubject: true, isFound: true },
    { hasSubject: true, isFound: false },
    { hasSubject: true, isFound: true },
    { hasSubject: true, isFound: true },
    { hasSubject: false, isFound: false },
    { hasSubject: false, isFound: true },
  ];
  expect(subjectShares(answers)).toEqual({ noSubjectFound: 0.5, subjectRefused: 0.25 });
  expect(subjectShares(answers.slice(0, 4))).toEqual({ subjectRefused: 0.25 });
});
