import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { batch, openStorage, printJob, runJob, textsOf } from './batch-places.ts';
import { newFolder, reportsOf } from './diorama-process.ts';
import { entriesOf } from './layers-on-disk.ts';
import { writePhoto } from './sample-photos.ts';

test('a photo that was changed, was not predicted, or whose prediction is damaged fails alone, in one line', async () => {
  const folder = await newFolder();
  const storage = await openStorage();
  for (const [seed, name] of ['a', 'b', 'c', 'd', 'e', 'f'].entries()) {
    await writePhoto(folder, `in/${name}.jpg`, seed);
  }
  expect(
    (await batch(folder, storage, 'make', 'in', '-o', 'requests.jsonl', '--jobs', '1')).exitCode,
  ).toBe(0);
  const text = await readFile(join(folder, 'requests.jsonl'));
  storage.objects.put('our-bucket', 'requests.jsonl', text);
  const job = await printJob(
    folder,
    storage,
    '--input',
    'gs://our-bucket/requests.jsonl',
    '--output',
    'gs://our-bucket/out',
  );
  const { instanceConfig: _, ...forgetful } = job;
  await runJob(forgetful, storage);

  // Lines stand in the order of the photos, since one was made after another.
  const outputs = [...textsOf(storage, 'our-bucket')].filter(([name]) => name.startsWith('out/'));
  const lines = outputs.flatMap(([, file]) => file.trim().split('\n'));
  const parse = (at: number) =>
    JSON.parse(lines[at] ?? '') as { instance: object; prediction: object };
  const refusal = {
    type: '/docs/errors#answer_too_large',
    title: 'Answer does not fit',
    status: 422,
    detail: 'Too large.',
    code: 'ANSWER_TOO_LARGE',
    retryable: false,
  };
  await mkdir(join(folder, 'out'));
  await writeFile(
    join(folder, 'out/predictions_0001.jsonl'),
    [
      lines[0],
      JSON.stringify({ ...parse(1), prediction: { error: refusal } }),
      lines[2]?.slice(0, -400),
      JSON.stringify({
        ...parse(3),
        prediction: { ...parse(3).prediction, size: { width: 7, height: 7 } },
      }),
      lines[4],
      'not a line of a job',
    ].join('\n'),
  );
  await writePhoto(folder, 'in/e.jpg', 19);

  const ended = await batch(
    folder,
    storage,
    'layers',
    'in',
    '--predictions',
    'out',
    '-o',
    'layers',
    '--json',
  );
  const found = reportsOf(ended).flatMap((report) =>
    report.event === 'photo'
      ? [[report.photo.slice(3, 4), report.outcome, report.problem?.code]]
      : [],
  );
  expect(found.sort()).toEqual([
    ['a', 'done', undefined],
    ['b', 'failed', 'ANSWER_TOO_LARGE'],
    ['c', 'failed', 'MODEL_OUTPUT_INVALID'],
    ['d', 'failed', 'MODEL_OUTPUT_INVALID'],
    ['e', 'failed', 'INPUT_NOT_FOUND'],
    ['f', 'failed', 'INPUT_NOT_FOUND'],
  ]);
  expect(ended.exitCode).toBe(70);
  expect(reportsOf(ended)[0]).toMatchObject({
    event: 'problem',
    input: 'predictions_0001.jsonl',
    problem: { detail: 'Line 6 is no JSON of a job; it is left out' },
  });
  const said = ended.stderr.trim().split('\n');
  expect(said).toEqual([
    expect.stringMatching(
      /^diorama: \d lines of the predictions hold the photo again: delete them/,
    ),
    'diorama: 1 prediction of photos that are not among these',
  ]);
  expect((await entriesOf(join(folder, 'layers'))).shown).toEqual(['a']);
});

test('a file of lines is there whole or not at all, and what cannot be is said in one line', async () => {
  const folder = await newFolder();
  const storage = await openStorage();
  await writePhoto(folder, 'in/a.jpg');
  storage.objects.put('our-bucket', 'requests.jsonl', Buffer.from('older'));
  storage.failNext(100, 403);
  const refused = await batch(
    folder,
    storage,
    'make',
    'in',
    '-o',
    'gs://our-bucket/requests.jsonl',
  );
  expect(refused.exitCode).toBe(78);
  expect(refused.stderr).toBe(
    'diorama: The credentials at hand do not allow this in Cloud Storage (CONFIG_INVALID)\n',
  );
  storage.failNext(0);
  expect(textsOf(storage, 'our-bucket').get('requests.jsonl')).toBe('older');

  await writeFile(join(folder, 'bad.jpg'), 'no photo');
  const bad = await batch(folder, storage, 'make', 'bad.jpg', '-o', 'lines/requests.jsonl');
  expect(bad.exitCode).toBe(65);
  expect((await entriesOf(join(folder, 'lines'))).shown).toEqual([]);

  const none = await batch(folder, storage, 'layers', 'in', '--predictions', 'lines', '-o', 'out');
  expect([none.exitCode, none.stderr.split('\n').length]).toEqual([66, 2]);
  const address = await batch(folder, storage, 'make', 'in', '-o', 'gs://');
  expect(address.exitCode).toBe(64);
  for (const place of ['lines', 'lines/', 'gs://our-bucket/']) {
    const isFolder = await batch(folder, storage, 'make', 'in', '-o', place);
    expect([isFolder.exitCode, isFolder.stderr]).toEqual([
      64,
      expect.stringContaining('-o takes a file'),
    ]);
  }
});
