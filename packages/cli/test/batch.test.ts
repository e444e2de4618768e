import { copyFileSync, existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { batchRequestLineSchema } from '@diorama/contract';
import { CANARY, makeCanaryJpeg } from '@diorama/fixtures';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { batch, openStorage, printJob, runJob, textsOf } from './batch-places.ts';
import { diorama, newFolder, reportsOf } from './diorama-process.ts';
import { entriesOf, wholeLayers } from './layers-on-disk.ts';
import { writePhoto } from './sample-photos.ts';

const PHOTO = fileURLToPath(new URL('../../../../shared/photos/cat-close.jpg', import.meta.url));

/** Share of the pixels that both mattes call subject among those that either does. */
async function matteIou(a: string, b: string): Promise<number> {
  const [one, other] = await Promise.all([a, b].map((path) => sharp(path).raw().toBuffer()));
  let [both, either] = [0, 0];
  for (let i = 0; i < (one?.length ?? 0); i++) {
    const [isOne, isOther] = [(one?.[i] ?? 0) > 127, (other?.[i] ?? 0) > 127];
    if (isOne && isOther) both++;
    if (isOne || isOther) either++;
  }
  return either === 0 ? 1 : both / either;
}

test('photos through a job become the layers that diorama layers makes, and no photo stays in the buckets', async () => {
  const folder = await newFolder();
  const storage = await openStorage();
  for (const [seed, name] of ['a', 'b', 'sub/a', 'sub/secret-name'].entries()) {
    await writePhoto(folder, `in/${name}.jpg`, 3 * seed);
  }
  await writeFile(join(folder, 'in/canary.jpg'), await makeCanaryJpeg());
  if (existsSync(PHOTO)) copyFileSync(PHOTO, join(folder, 'in/cat.jpg'));
  const count = existsSync(PHOTO) ? 6 : 5;

  const lines = 'gs://our-bucket/in/requests.jsonl';
  const made = await batch(folder, storage, 'make', 'in', '-o', lines, '--shard', '4', '--json');
  expect(made.exitCode).toBe(0);
  expect(reportsOf(made).at(-1)).toMatchObject({ event: 'summary', done: count, failed: 0 });
  const requests = [...textsOf(storage, 'our-bucket').values()].join('').trim().split('\n');
  const parsed = requests.map((line) => batchRequestLineSchema.parse(JSON.parse(line)));
  expect(new Set(parsed.map(({ key }) => key)).size).toBe(count);
  for (const { image } of parsed) {
    const picture = Buffer.from(image.b64, 'base64');
    const { format, width = 0, height = 0, exif, icc, xmp } = await sharp(picture).metadata();
    expect({ format, exif, icc, xmp }).toEqual({ format: 'png' });
    expect(Math.max(width, height)).toBeLessThanOrEqual(384);
    expect(picture.includes(CANARY)).toBe(false);
  }

  const places = [
    '--input',
    'gs://our-bucket/in/requests-*.jsonl',
    '--output',
    'gs://our-bucket/out',
  ];
  const job = await printJob(folder, storage, ...places, '--batch-size', '4');
  const ended = await runJob(job, storage);
  expect(ended).toMatchObject({ calls: 2, predicted: count, failed: 0 });

  const outputs = [...textsOf(storage, 'our-bucket')].filter(([name]) => name.startsWith('out/'));
  const everything = [...textsOf(storage, 'our-bucket')].flat().join('\n');
  for (const { image } of parsed) {
    for (const [, text] of outputs) expect(text.includes(image.b64)).toBe(false);
  }
  for (const word of ['secret-name', 'canary', CANARY, folder]) {
    expect(everything.includes(word)).toBe(false);
  }

  const from = ['--predictions', 'gs://our-bucket/out'];
  const layers = await batch(folder, storage, 'layers', 'in', ...from, '-o', 'by-job', '--json');
  expect(layers.stderr).toBe('');
  expect(layers.exitCode).toBe(0);
  expect((await diorama(folder, 'layers', 'in', '-o', 'here')).exitCode).toBe(0);
  const [byJob, here] = [join(folder, 'by-job'), join(folder, 'here')];
  expect((await entriesOf(byJob)).shown).toEqual((await entriesOf(here)).shown);
  for (const name of (await entriesOf(byJob)).shown) {
    const [one, other] = [
      await wholeLayers(join(byJob, name)),
      await wholeLayers(join(here, name)),
    ];
    expect(one.matte?.subjectPresent).toBe(other.matte?.subjectPresent);
    expect(one.requestKey).toBe(other.requestKey);
    expect(
      await matteIou(join(byJob, name, 'matte.png'), join(here, name, 'matte.png')),
    ).toBeGreaterThanOrEqual(0.999);
  }

  const again = await batch(folder, storage, 'layers', 'in', ...from, '-o', 'by-job', '--json');
  expect(reportsOf(again).at(-1)).toMatchObject({ skipped: count, done: 0, exitCode: 0 });
});

test('photos of a bucket come out of a bucket, and a second run makes only the files that are missing', async () => {
  const folder = await newFolder();
  const storage = await openStorage();
  for (const [seed, name] of ['a', 'b', 'c', 'd', 'e'].entries()) {
    const path = await writePhoto(folder, `in/${name}.png`, seed);
    storage.objects.put('our-photos', `2026/${name}.png`, await readFile(path));
  }
  storage.objects.put('our-photos', '2026/cut.jpg', Buffer.from('no photo'));
  storage.objects.put('our-photos', '2026/notes.txt', Buffer.from('no photo'));
  storage.objects.put('our-photos', '2026-other/f.png', Buffer.from('not asked for'));
  const make = async () => {
    const out = 'gs://our-bucket/requests.jsonl';
    const ended = await batch(
      folder,
      storage,
      'make',
      'gs://our-photos/2026',
      '-o',
      out,
      '--shard',
      '2',
      '--json',
    );
    return { ended, photos: reportsOf(ended).filter((report) => report.event === 'photo') };
  };

  const first = await make();
  expect(first.ended.exitCode).toBe(65);
  expect(first.photos.map(({ outcome }) => outcome).sort()).toEqual([
    ...Array(5).fill('done'),
    'failed',
  ]);
  expect(reportsOf(first.ended).at(-1)).toMatchObject({ photos: 6, notPhotos: 1 });
  const names = storage.objects.names('our-bucket');
  expect(names).toHaveLength(3);
  storage.objects.remove('our-bucket', names[1] ?? '');

  // The file in the middle was that of c and of what is no photo.
  const second = await make();
  expect(second.photos.map(({ outcome }) => outcome).sort()).toEqual([
    'done',
    'failed',
    ...Array(4).fill('skipped'),
  ]);
  expect(storage.objects.names('our-bucket')).toEqual(names);

  const job = await printJob(
    folder,
    storage,
    '--input',
    'gs://our-bucket/requests-*.jsonl',
    '--output',
    'gs://our-bucket',
  );
  expect(await runJob(job, storage, 'seen')).toMatchObject({ calls: 1, predicted: 5, failed: 0 });
  const args = ['gs://our-photos/2026/a.png', 'in/b.png', '--predictions', 'gs://our-bucket'];
  const layers = await batch(folder, storage, 'layers', ...args, '-o', 'out', '--layers', 'matte');
  expect(layers.exitCode).toBe(0);
  expect(layers.stderr).toContain('diorama: 3 predictions of photos that are not among these');
  expect((await entriesOf(join(folder, 'out'))).shown).toEqual(['a', 'b']);
});
