import { expect, test } from 'vitest';
import { tally } from './accuracy-tally.ts';
import type { PhotoMeasure } from './photo-measure.ts';

const model = {
  id: 'm',
  version: '1',
  sha256: '0'.repeat(64),
  licence: 'Apache-2.0',
  provider: 'cpu',
};

function measure(file: string, figures: Partial<PhotoMeasure>, depthPath?: string): PhotoMeasure {
  const [source = ''] = file.split('__');
  const photo = { path: `/${file}`, shown: file, file, source, isNoSubject: false };
  return { photo: depthPath ? { ...photo, depthPath } : photo, model, ...figures };
}

const matte = (iou: number, ungated = iou, edges = {}) => {
  const of = (value: number) => ({ iou: value, mae: 0.1, maxF: 0.5, sMeasure: 0.5, sad: 1 });
  return { matte: { answer: { ...of(iou), ...edges }, ungated: of(ungated), background: of(0) } };
};
const depth = (ordinal: number, absRel?: number) => ({
  depth: {
    answer: absRel === undefined ? { ordinal } : { ordinal, absRel },
    ramp: { ordinal: 0.5 },
  },
});

test('mattes are averaged over photos, what is gated and what is not apart', () => {
  const report = tally([
    measure('b__1.jpg', matte(0, 0.9)),
    measure('a__1.jpg', matte(0.3, 0.3, { boundaryF: 0.25 })),
    measure('a__2.jpg', matte(0.6)),
  ]).matte;

  expect(report).toMatchObject({ n: 3, nBoundary: 1, iou: 0.3, boundaryF: 0.25 });
  expect(report?.ungated.iou).toBe(0.6);
  expect(report?.baselines.background.iou).toBe(0);
  expect(Object.keys(report?.sources ?? {})).toEqual(['a', 'b']);
  expect(report?.sources['a']).toMatchObject({ n: 2, iou: 0.45 });
  expect(report?.files.map(({ file, iou }) => [file, iou])).toEqual([
    ['a__1.jpg', 0.3],
    ['a__2.jpg', 0.6],
    ['b__1.jpg', 0],
  ]);
});

test('depths are averaged over sources, each figure over those that have it', () => {
  const report = tally([
    measure('a__1.jpg', depth(0.9, 0.1), '/a1'),
    measure('a__2.jpg', depth(0.7, 0.3), '/a2'),
    measure('a__3.jpg', depth(0.8, 0.2), '/a3'),
    measure('b__1.jpg', depth(0.4, 0.4), '/b1'),
    measure('weak__1.jpg', depth(0.6), '/w1'),
  ]).depth;

  expect(report).toMatchObject({ n: 5, nMetric: 4, nBoundary: 0, ordinal: 0.6, absRel: 0.3 });
  expect(report?.sources['weak']).toMatchObject({ n: 1, nMetric: 0, ordinal: 0.6 });
  expect(report?.sources['weak']).not.toHaveProperty('absRel');
  expect(report?.baselines.ramp.ordinal).toBe(0.5);
});

test('a matte’s boundary counts for depth beside the true depths', () => {
  const report = tally([
    measure('a__1.jpg', depth(0.9), '/a1'),
    measure('m__1.jpg', {
      depth: { answer: { boundaryRecall: 0.2 }, ramp: { boundaryRecall: 0 } },
    }),
  ]).depth;

  expect(report).toMatchObject({ n: 1, nBoundary: 1, ordinal: 0.9, boundaryRecall: 0.2 });
  expect(report?.sources['m']).toMatchObject({ n: 0, nBoundary: 1 });
});

test('who always and who never finds a subject stand beside the answers', () => {
  const said = (hasSubject: boolean, isFound: boolean) => ({
    subject: { hasSubject, isFound, confidence: 0.5 },
  });
  const report = tally([
    measure('a.jpg', said(true, true)),
    measure('b.jpg', said(true, false)),
    measure('c.jpg', said(false, false)),
  ]).subject;

  expect(report).toMatchObject({ n: 3, nNoSubject: 1, nSubject: 2 });
  expect(report).toMatchObject({ noSubjectFound: 1, subjectRefused: 0.5 });
  expect(report?.baselines).toEqual({
    always: { noSubjectFound: 0, subjectRefused: 0 },
    never: { noSubjectFound: 1, subjectRefused: 1 },
  });
});

test('the order in which photos were done changes nothing, and what was not asked is absent', () => {
  const measures = [0.1, 0.7, 0.2, 0.4].map((iou, k) => measure(`s__${k}.jpg`, matte(iou)));
  const report = tally(measures);
  expect(tally([...measures].reverse())).toEqual(report);
  expect(Object.keys(report).sort()).toEqual(['matte', 'measured']);
});
