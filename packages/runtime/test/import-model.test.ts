import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  findModelCard,
  type ImportAnswers,
  importModel,
  inspectModel,
  loadModelFile,
  readImportAnswer,
  withProposals,
} from '@diorama/runtime';
import { describe, expect, test } from 'vitest';
import { importable, newFolder } from './import-file.ts';
import { answered, FREE, inspected } from './import-inspection.ts';
import { filesOf, refusalOf } from './pull-card.ts';

test('a file becomes a model with a card of its own', async () => {
  const folder = await newFolder();
  const path = importable('multiple-14');
  const { card, wasThere, trial } = await importModel(path, await answered('multiple-14'), {
    folder,
  });

  expect(wasThere).toBe(false);
  expect(trial).toMatchObject({ width: 518, height: 392 });
  expect(card).toMatchObject({
    id: 'multiple-14',
    title: 'multiple-14: depth',
    tasks: ['depth'],
    input: {
      name: 'image',
      size: { policy: 'multiple-of', multiple: 14, longSide: 518 },
      channelOrder: 'rgb',
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    },
    outputs: [{ name: 'predicted_depth', meaning: 'disparity' }],
    licence: { spdx: 'MIT', commercialUse: true },
    origin: { trainingData: 'not known: imported', knownFaults: [] },
    version: `imported+${card.sha256.slice(0, 8)}`,
  });
  expect(card.input.resample).toBeUndefined();
  const stored = await findModelCard('multiple-14', folder);
  expect(stored).toEqual(card);
  expect(Buffer.compare(await loadModelFile(stored), await readFile(path))).toBe(0);
  expect(await filesOf(folder, card.id)).toEqual([`${card.sha256}.onnx`, 'card.json'].sort());
});

test('what was answered is what the card says', async () => {
  const { card } = await importModel(
    importable('side-outputs'),
    {
      ...FREE,
      id: 'mine',
      title: 'Mine',
      output: 'd1',
      meaning: 'distance',
      order: 'bgr',
      ...readImportAnswer('normalise', '0,0,0,1,2,3'),
    },
    { folder: await newFolder() },
  );
  expect(card).toMatchObject({
    id: 'mine',
    title: 'Mine',
    tasks: ['depth'],
    input: { channelOrder: 'bgr', mean: [0, 0, 0], std: [1, 2, 3] },
    outputs: [{ name: 'd1', meaning: 'distance' }],
  });
});

describe('what is refused, with nothing written', () => {
  const cases: readonly (readonly [string, ImportAnswers, RegExp])[] = [
    ['an id that comes with Diorama', { id: 'diorama-s' }, /^REQUEST_INVALID .*--id/],
    ['an id of the catalogue', { id: 'u2netp' }, /^REQUEST_INVALID .*--id/],
    ['an output that is none', { output: 'features' }, /^REQUEST_INVALID .*d2, d0, d1/],
    ['a long side of a fixed size', { longSide: 64 }, /^REQUEST_INVALID .*32x32/],
    ['a meaning of another task', { task: 'depth', meaning: 'alpha' }, /^REQUEST_INVALID /],
    ['use that nobody allowed', { licence: 'unknown' }, /^REQUEST_INVALID .*unknown/],
    ['a licence that bars commercial use', { commercialUse: false }, /^LICENCE_NOT_ACCEPTED .*MIT/],
    [
      'a licence that binds',
      { licence: 'AGPL-3.0' },
      /^LICENCE_NOT_ACCEPTED .*same terms.*--accept AGPL/,
    ],
  ];
  test.each(cases)('%s', async (_, own, pattern) => {
    const folder = await newFolder();
    const answers = await answered('side-outputs', { id: 'mine', ...own });
    const inspection = await inspected('side-outputs');
    expect(await refusalOf(importModel(inspection, answers, { folder }))).toMatch(pattern);
    expect(await readdir(folder)).toEqual([]);
  });

  test('answers that are missing, all at once', async () => {
    const folder = await newFolder();
    const refusal = await refusalOf(importModel(importable('multiple-14'), {}, { folder }));
    expect(refusal).toMatch(/^REQUEST_INVALID multiple-14\.onnx does not tell all/);
    for (const option of [
      '--id multiple-14 (proposed: ',
      '--task depth (proposed: ',
      '--meaning disparity (proposed: ',
      '--normalise imagenet (proposed: ',
      '--long-side 518 (proposed: ',
      '--licence NAME (only you',
      '--commercial-use yes|no (only you',
      '--yes takes all that is proposed',
    ]) {
      expect(refusal).toContain(option);
    }
    expect(await readdir(folder)).toEqual([]);
  });

  test('a long side that it does not run at', async () => {
    const { size, ...rest } = await inspected('fixed-64x64-declared-open');
    const inspection = { ...rest, size: { policy: 'multiple-of', multiple: 64 } } as const;
    const answers = withProposals(inspection, { ...FREE, longSide: 128 });
    const folder = await newFolder();
    const refusal = await refusalOf(importModel(inspection, answers, { folder }));
    expect(refusal).toMatch(/^MODEL_OUTPUT_INVALID Model .* on a picture of 128x128: .*eshape/);
    expect(size.policy).toBe('fixed');
    expect(await readdir(folder)).toEqual([]);
  });

  test('a file that was changed after it was looked at', async () => {
    const folder = await newFolder();
    const path = join(await newFolder(), 'model.onnx');
    await writeFile(path, await readFile(importable('multiple-14')));
    const inspection = await inspectModel(path);
    await writeFile(path, await readFile(importable('multiple-32')));
    const answers = withProposals(inspection, FREE);
    expect(await refusalOf(importModel(inspection, answers, { folder }))).toMatch(/^MODEL_CORRUPT/);
    expect(await readdir(folder)).toEqual([]);
  });
});

test('terms of nobody are accepted by their name', async () => {
  const folder = await newFolder();
  const answers = await answered('flat', { licence: 'unknown', commercialUse: false });
  const { card } = await importModel(await inspected('flat'), answers, {
    folder,
    accept: ['unknown'],
  });
  expect(card).toMatchObject({
    licence: { spdx: 'unknown', commercialUse: false },
    acceptedLicence: 'unknown',
  });
});

test('a dry run answers the card and writes nothing', async () => {
  const folder = await newFolder();
  const answers = await answered('flat', { licence: 'unknown', commercialUse: false });
  const { card, trial } = await importModel(await inspected('flat'), answers, {
    folder,
    isDryRun: true,
  });
  expect(card).toMatchObject({ id: 'flat', sources: [{ kind: 'file' }] });
  expect(trial).toMatchObject({ width: 32, height: 32 });
  expect(await readdir(folder)).toEqual([]);
});
