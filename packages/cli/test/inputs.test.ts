import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diorama, newFolder, reportsOf } from './diorama-process.ts';
import { entriesOf, wholeLayers } from './layers-on-disk.ts';
import { writePhoto } from './sample-photos.ts';

const QUICK = ['--layers', 'matte'];

test('photos of one name do not write over each other', async () => {
  const folder = await newFolder();
  for (const [seed, path] of ['a.jpg', 'a.png', 'x/b.jpg', 'y/b.jpg', 'c.jpg'].entries()) {
    await writePhoto(folder, `in/${path}`, seed);
  }

  const { exitCode } = await diorama(folder, 'layers', 'in', '-o', 'out', ...QUICK);

  expect(exitCode).toBe(0);
  const { shown } = await entriesOf(join(folder, 'out'));
  expect(shown).toEqual(['a-jpg', 'a-png', 'c', 'x-b-jpg', 'y-b-jpg']);
  const keys = await Promise.all(
    shown.map(async (name) => (await wholeLayers(join(folder, 'out', name))).requestKey),
  );
  expect(new Set(keys).size).toBe(5);
});

test('a quoted pattern is expanded, a name with brackets is a name, and nothing is taken twice', async () => {
  const folder = await newFolder();
  await writePhoto(folder, 'in/one.jpg', 1);
  await writePhoto(folder, 'in/deep/two.jpg', 2);
  await writePhoto(folder, 'in/deep/three.png', 3);
  await writePhoto(folder, 'odd[1].jpg', 4);
  const inputs = ['in/**/*.jpg', 'in/one.jpg', 'odd[1].jpg', 'in/**/*.gif'];

  const ended = await diorama(folder, 'layers', ...inputs, '-o', 'out', '--json', ...QUICK);

  expect(ended.exitCode).toBe(66);
  const reports = reportsOf(ended);
  const photos = reports.flatMap((report) => (report.event === 'photo' ? report.photo : []));
  expect(photos.sort()).toEqual(['in/deep/two.jpg', 'in/one.jpg', 'odd[1].jpg']);
  expect(reports[0]).toMatchObject({ event: 'problem', input: 'in/**/*.gif' });
});

test('the output of an earlier run is no input', async () => {
  const folder = await newFolder();
  await writePhoto(folder, 'a.jpg');
  await diorama(folder, 'layers', '.', '-o', 'out', ...QUICK);
  await diorama(folder, 'layers', 'a.jpg', '-o', '.', ...QUICK);

  const again = await diorama(folder, 'layers', '.', '-o', 'out', '--json', ...QUICK);
  const matched = await diorama(
    folder,
    'layers',
    '**/*.{jpg,png}',
    '-o',
    'out',
    '--json',
    ...QUICK,
  );

  for (const ended of [again, matched]) {
    expect(reportsOf(ended).at(-1)).toMatchObject({ photos: 1, skipped: 1, exitCode: 0 });
  }
});

test('what is not there is said for each argument', async () => {
  const folder = await newFolder();
  await mkdir(join(folder, 'bare'));
  await writeFile(join(folder, 'bare/notes.txt'), 'no photo');

  const { exitCode, stderr } = await diorama(
    folder,
    ...['layers', 'gone.jpg', 'bare', '*.heic', '-o', 'out'],
  );

  expect(exitCode).toBe(66);
  expect(stderr.trim().split('\n')).toEqual([
    'gone.jpg: No such file or folder (INPUT_NOT_FOUND)',
    'bare: There is no photo in this folder (INPUT_NOT_FOUND)',
    '*.heic: No file matches this pattern (INPUT_NOT_FOUND)',
    expect.stringMatching(/^0 photos done, 3 failed; /),
  ]);
});
