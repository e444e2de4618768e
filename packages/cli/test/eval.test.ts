import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accuracyReportSchema } from '@diorama/contract';
import { expect, test } from 'vitest';
import { diorama, endOf, newFolder, start } from './diorama-process.ts';
import { writeCutPhoto, writePhoto } from './sample-photos.ts';
import { writeDepth, writeMatted } from './truth-folder.ts';

const REAL = fileURLToPath(new URL('../../../../shared/eval/test/depth', import.meta.url));
const INVERSE = { kind: 'inverse', unit: '1/m', scale: 0.001, invalid: 0 };

const reportOf = (json: string | Buffer) => accuracyReportSchema.parse(JSON.parse(json.toString()));

async function truthFolder(): Promise<string> {
  const folder = await newFolder();
  await writeMatted(folder, 'truth/matte/disc__1');
  await writeDepth(folder, 'truth/depth/floor__1', INVERSE);
  await writeDepth(folder, 'truth/depth/floor__2', { ...INVERSE, weak: true });
  await writePhoto(folder, 'truth/nosubject/sea.png', 3);
  return folder;
}

test('a folder of truths becomes a table, and JSON as the contract says', async () => {
  const folder = await truthFolder();

  const first = await diorama(folder, 'eval', 'truth', '--json', 'figures/a.json');
  const again = await diorama(folder, 'eval', 'truth', '--json', '-', '--jobs', '1');

  expect([first.exitCode, again.exitCode]).toEqual([0, 0]);
  const report = reportOf(await readFile(join(folder, 'figures/a.json')));
  expect(reportOf(again.stdout)).toEqual(report);
  expect(report).toMatchObject({
    stage: 'prediction',
    model: { id: 'diorama-s' },
    measured: 4,
    failed: [],
    matte: { n: 1, nBoundary: 1, baselines: { background: { iou: 0, maxF: 0 } } },
    // Nearer towards the foot, as the ramp is: its order is right, and so is its fit.
    depth: { n: 2, nMetric: 1, nBoundary: 1, baselines: { ramp: { ordinal: 1, delta1: 1 } } },
    subject: { n: 2, nNoSubject: 1, nSubject: 1 },
  });
  expect(Object.keys(report.depth?.sources ?? {})).toEqual(['disc', 'floor']);
  expect(report.depth?.files.map(({ file }) => file)).toEqual([
    'depth/floor__1.jpg',
    'depth/floor__2.jpg',
    'matte/disc__1.jpg',
  ]);
  const table = first.stdout.toString();
  for (const line of [
    /^Model diorama-s .+ Stage prediction: /m,
    /^source +n +iou +mae +maxF +sMeasure +boundaryF +sad +gradient +halo$/m,
    /^ {2}ungated +0\.\d{3} /m,
    /^ {2}everything background +0\.000 /m,
    /^source +n +mattes +ordinal +ordinalSameRow +absRel +delta1 +boundaryRecall$/m,
    /^ {2}vertical ramp +1\.000 /m,
    /^80000 pairs .+seed 1/m,
    /^ {2}never a subject +1\.000 +1\.000$/m,
  ]) {
    expect(table).toMatch(line);
  }
  expect(first.stderr).toMatch(/^4 photos done; /m);
  expect(again.stderr).toMatch(/^truth\/nosubject\/sea\.png \(/m);
});

test('the stage of layers is measured too, and said', async () => {
  const folder = await truthFolder();

  const ended = await diorama(folder, 'eval', 'truth/matte', '--stage', 'layers', '--json', '-');

  expect(ended.exitCode).toBe(0);
  expect(reportOf(ended.stdout)).toMatchObject({ stage: 'layers', measured: 1, matte: { n: 1 } });
});

test('what cannot be measured is named, and the others count', async () => {
  const folder = await newFolder();
  await writeDepth(folder, 'truth/good__1', INVERSE);
  await writeDepth(folder, 'truth/nojson__1');
  await writeMatted(folder, 'truth/small__1', 60);
  await writeMatted(folder, 'truth/cut__1');
  await writeCutPhoto(folder, 'truth/cut__1.jpg');
  await writeMatted(folder, 'truth/noise__1');
  await writeFile(join(folder, 'truth/noise__1.alpha.png'), 'no picture');
  await writePhoto(folder, 'truth/bare__1.jpg', 1);

  const ended = await diorama(folder, 'eval', 'truth', '--json', '-');

  expect(ended.exitCode).toBe(65);
  const report = reportOf(ended.stdout);
  expect(report).toMatchObject({ measured: 1, depth: { n: 1 } });
  const failed = Object.fromEntries(report.failed.map(({ file, problem }) => [file, problem.code]));
  expect(failed).toEqual({
    'bare__1.jpg': 'TRUTH_UNUSABLE',
    'nojson__1.jpg': 'TRUTH_UNUSABLE',
    'small__1.jpg': 'TRUTH_UNUSABLE',
    'noise__1.jpg': 'TRUTH_UNUSABLE',
    'cut__1.jpg': 'PHOTO_TRUNCATED',
  });
  expect(ended.stderr).toMatch(/^truth\/small__1\.jpg: .+160x60 .+160x120 \(TRUTH_UNUSABLE\)$/m);
  expect(ended.stderr).toMatch(/^1 photo done, 5 failed; /m);
});

test.each([
  [['eval', 'gone'], 66, /^diorama: .+ \(INPUT_NOT_FOUND\)\n$/],
  [['eval', 'photos', '--json', '-'], 66, /^diorama: Nothing in photos .+ \(INPUT_NOT_FOUND\)\n$/],
  [['eval', 'truth', '--model', 'none'], 64, /\(MODEL_UNKNOWN\)/],
  [['eval', 'truth', '--stage', 'subject'], 64, /prediction, layers/],
  [['eval', 'truth', '--provider', 'cuda'], 69, /\(PROVIDER_UNAVAILABLE\)/],
  [['eval', 'truth', '--json', 'truth/a.jpg/b.json'], 73, /\(OUTPUT_UNWRITABLE\)/],
])('%j ends with %i and prints no figures', async (args, exitCode, line) => {
  const folder = await newFolder();
  await writeMatted(folder, 'truth/a');
  await writePhoto(folder, 'photos/b.jpg', 1);

  const ended = await diorama(folder, ...args);

  expect([ended.exitCode, ended.stdout.toString()]).toEqual([exitCode, '']);
  expect(ended.stderr).toMatch(line);
});

test('a run that is stopped ends with 130 and prints no figures of a part', async () => {
  const folder = await newFolder();
  for (let k = 0; k < 12; k++) await writeMatted(folder, `truth/disc__${k}`);
  const child = start(folder, ['eval', 'truth', '--json', 'a.json', '--jobs', '1']);
  const ended = endOf(child);
  child.stderr?.once('data', () => child.kill('SIGINT'));

  const { exitCode, stdout, stderr } = await ended;

  expect([exitCode, stdout.toString()]).toEqual([130, '']);
  expect(stderr).toMatch(/ not tried; /);
  expect(existsSync(join(folder, 'a.json'))).toBe(false);
});

test.skipIf(!existsSync(REAL))('a ramp on real depths is what it is known to be', async () => {
  const { exitCode, stdout } = await diorama(await newFolder(), 'eval', REAL, '--json', '-');

  expect(exitCode).toBe(0);
  const { depth } = reportOf(stdout);
  expect(depth).toMatchObject({ n: 29, nMetric: 26, nBoundary: 0 });
  const { ordinal, ordinalSameRow, delta1 } = depth?.baselines.ramp ?? {};
  expect(ordinal).toBeCloseTo(0.788, 2);
  expect(ordinalSameRow).toBeCloseTo(0.544, 2);
  expect(delta1).toBeCloseTo(0.549, 2);
});
