import {
  answerNotes,
  type ImportAnswers,
  type ModelInspection,
  openImportQuestions,
  readImportAnswer,
} from '@diorama/runtime';
import { describe, expect, test } from 'vitest';
import { inspectionOf } from './import-inspection.ts';

/** `key=proposal` of what is asked. */
function asked(own: Parameters<typeof inspectionOf>[0], answers: ImportAnswers = {}): string {
  const questions = openImportQuestions(inspectionOf(own), answers);
  return questions.map(({ key, proposal = '?' }) => `${key}=${proposal}`).join(' ');
}

const REST = 'normalise=imagenet licence=? commercialUse=?';

describe('what is proposed', () => {
  test.each([
    { name: 'alpha by its name', plane: 'alpha', range: [0, 1], said: 'task=matte' },
    { name: 'foreground by its name', plane: 'fg', range: [0, 1], said: 'task=matte' },
    { name: 'a matte by its range', plane: 'out', range: [0, 1], said: 'task=matte' },
    { name: 'logits by their range', plane: 'out', range: [-8, 9], said: 'task=matte' },
    {
      name: 'depth by its range',
      plane: 'out',
      range: [0, 40],
      said: 'task=depth meaning=disparity',
    },
    {
      name: 'depth within 0..1 by its name',
      plane: 'predicted_depth',
      range: [0, 1],
      said: 'task=depth meaning=disparity',
    },
    {
      name: 'metres by their name',
      plane: 'metric_depth',
      range: [0, 40],
      said: 'task=depth meaning=depth-metres',
    },
    { name: 'distance', plane: 'distance', range: [0, 9], said: 'task=depth meaning=distance' },
  ])('$name', ({ plane, range: [min = 0, max = 0], said }) => {
    expect(asked({ planes: [{ name: plane, min, max }] })).toBe(`id=model ${said} ${REST}`);
  });

  test("what the file's name says, where the output's says nothing", () => {
    const planes = [{ name: 'output', min: -2, max: 3 }];
    expect(asked({ file: 'zoe.onnx', planes })).toContain('task=depth meaning=depth-metres');
    expect(asked({ file: 'u2netp.onnx', planes })).toContain('task=matte');
  });

  test('the first of the largest planes', () => {
    const planes = [{ name: 'a', width: 8, height: 8 }, { name: 'b' }, { name: 'c' }];
    expect(asked({ planes })).toContain('output=b');
    expect(asked({ planes: planes.slice(0, 1) })).not.toContain('output');
  });

  test('a long side near 512 for open sizes only', () => {
    const open = (multiple: number) => asked({ size: { policy: 'multiple-of', multiple } });
    expect(open(14)).toContain('longSide=518');
    expect(open(32)).toContain('longSide=512');
    expect(asked({})).not.toContain('longSide');
  });

  test('what the catalogue says of a known file, but not its licence', () => {
    const known: ModelInspection['known'] = {
      id: 'someone',
      licence: { spdx: 'MIT', commercialUse: true, terms: 'Free.' },
      normalise: { mean: [0.5, 0.5, 0.5], std: [1, 1, 1] },
      meanings: { depth: 'distance' },
    };
    expect(asked({ planes: [{ name: 'depth' }], known })).toBe(
      'id=model task=depth meaning=distance normalise=0.5,0.5,0.5,1,1,1 licence=? commercialUse=?',
    );
  });
});

describe('what is not asked', () => {
  test('a task that its meaning tells, and commercial use that the licence tells', () => {
    expect(asked({}, { meaning: 'alpha', licence: 'unknown' })).toBe('id=model normalise=imagenet');
    expect(asked({}, { id: 'a', task: 'matte', licence: 'CC-BY-NC-4.0' })).toBe(
      'normalise=imagenet',
    );
    expect(asked({}, { id: 'a', task: 'matte', licence: 'MIT' })).toContain('commercialUse=?');
  });
});

describe('an answer as it is typed', () => {
  test('is read', () => {
    expect(readImportAnswer('normalise', 'half')).toEqual({
      normalise: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
    });
    expect(readImportAnswer('normalise', ' 0, 0.1,0.2 ,1,2,3')).toEqual({
      normalise: { mean: [0, 0.1, 0.2], std: [1, 2, 3] },
    });
    expect(readImportAnswer('longSide', '518')).toEqual({ longSide: 518 });
    expect(readImportAnswer('licence', 'Unknown')).toEqual({ licence: 'unknown' });
    expect(readImportAnswer('commercialUse', 'No')).toEqual({ commercialUse: false });
  });

  test.each([
    ['id', '../up'],
    ['id', 'Upper'],
    ['task', 'plate'],
    ['meaning', 'subject-probability'],
    ['normalise', '1,2,3'],
    ['normalise', '0,0,0,1,1,0'],
    ['normalise', '0,0,0,1,1,'],
    ['longSide', '0'],
    ['longSide', '5e2'],
    ['licence', ''],
    ['licence', 'MIT\u001b[2J'],
    ['commercialUse', 'perhaps'],
    ['title', ' '],
  ] as const)('is refused: %s %j', (key, text) => {
    expect(() => readImportAnswer(key, text)).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID' }),
    );
  });
});

test('what does not go together is noted', () => {
  const note = (own: Parameters<typeof inspectionOf>[0], answers: ImportAnswers) =>
    answerNotes(inspectionOf(own), answers).join();
  const wide = { planes: [{ name: 'out', min: -2.71, max: 4 }] };
  expect(note(wide, { meaning: 'alpha' })).toBe('out went from -2.71 to 4; alpha is 0 to 1.');
  expect(note(wide, { meaning: 'depth-metres' })).toContain('below 0 there are no metres');
  expect(note({}, { meaning: 'alpha-logits' })).toContain('logits seldom do');
  const flat = { planes: [{ name: 'out', min: 0.5, max: 0.5, isConstant: true }] };
  expect(note(flat, {})).toBe('out was 0.5 all over on every picture that was tried.');
  expect(note(wide, { meaning: 'disparity' })).toBe('');
});
