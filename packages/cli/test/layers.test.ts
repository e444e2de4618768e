import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { diorama, newFolder, reportsOf } from './diorama-process.ts';
import { entriesOf, wholeLayers } from './layers-on-disk.ts';
import { HEIGHT, WIDTH, writeCutPhoto, writePhoto } from './sample-photos.ts';

const PHOTO = fileURLToPath(new URL('../../../../shared/photos/cat-close.jpg', import.meta.url));

test('a folder of photos becomes a folder of layers each, and a broken one stops nothing', async () => {
  const folder = await newFolder();
  await writePhoto(folder, 'in/beach.jpg', 1);
  await writePhoto(folder, 'in/trip/hill.webp', 2);
  await writeCutPhoto(folder, 'in/cut.jpg');
  await writeFile(join(folder, 'in/empty.png'), '');
  await writeFile(join(folder, 'in/notes.txt'), 'no photo');
  await writeFile(join(folder, 'in/.hidden.jpg'), 'no photo');

  const { exitCode, stdout, stderr } = await diorama(folder, 'layers', 'in', '-o', 'out');

  expect(exitCode).toBe(65);
  expect(stdout.length).toBe(0);
  const lines = stderr.trim().split('\n');
  expect(lines).toHaveLength(5);
  expect(stderr).toMatch(/^in\/cut\.jpg: .+ \(PHOTO_TRUNCATED\)$/m);
  expect(stderr).toMatch(/^in\/empty\.png: .+ \(PHOTO_EMPTY\)$/m);
  expect(stderr).toMatch(/^in\/beach\.jpg -> out\/beach \(/m);
  expect(lines[4]).toMatch(/^2 photos done, 2 failed, 1 other file left out; /);
  expect(await entriesOf(join(folder, 'out'))).toEqual({ shown: ['beach', 'hill'], hidden: [] });
  const beach = await wholeLayers(join(folder, 'out/beach'));
  await wholeLayers(join(folder, 'out/hill'));
  expect(beach.size).toEqual({ width: WIDTH, height: HEIGHT });
  const kinds = await Promise.all(
    ['depth.png', 'matte.png', 'subject.png', 'plate.jpg'].map(async (file) => {
      const { format, width, height, channels, depth } = await sharp(
        join(folder, 'out/beach', file),
      ).metadata();
      return [file, format, width, height, channels, depth];
    }),
  );
  expect(kinds).toEqual([
    ['depth.png', 'png', WIDTH, HEIGHT, 1, 'ushort'],
    ['matte.png', 'png', WIDTH, HEIGHT, 1, 'uchar'],
    ['subject.png', 'png', WIDTH, HEIGHT, 4, 'uchar'],
    ['plate.jpg', 'jpeg', WIDTH, HEIGHT, 3, 'uchar'],
  ]);
});

test('--json prints one document a line, as the contract says, and nothing else', async () => {
  const folder = await newFolder();
  await writePhoto(folder, 'beach.jpg');
  await writeCutPhoto(folder, 'cut.jpg');
  const args = ['layers', 'beach.jpg', 'cut.jpg', 'gone.jpg', '-o', 'out', '--json'];

  const ended = await diorama(folder, ...args);

  expect([ended.exitCode, ended.stderr]).toEqual([66, '']);
  const reports = reportsOf(ended);
  expect(reports[0]).toMatchObject({
    event: 'problem',
    input: 'gone.jpg',
    problem: { code: 'INPUT_NOT_FOUND', status: 404 },
  });
  const photos = reports.filter((report) => report.event === 'photo');
  const byPhoto = Object.fromEntries(photos.map((report) => [report.photo, report]));
  expect(byPhoto['beach.jpg']).toMatchObject({ outcome: 'done', output: join('out', 'beach') });
  expect(byPhoto['beach.jpg']?.document).toEqual(await wholeLayers(join(folder, 'out/beach')));
  expect(byPhoto['cut.jpg']).toMatchObject({
    outcome: 'failed',
    problem: { code: 'PHOTO_TRUNCATED', status: 422 },
  });
  expect(reports.at(-1)).toMatchObject({
    event: 'summary',
    photos: 2,
    done: 1,
    skipped: 0,
    failed: 2,
    untried: 0,
    exitCode: 66,
  });
  expect(reports).toHaveLength(4);
});

test('options choose the layers, their formats and their size', async () => {
  const folder = await newFolder();
  await writePhoto(folder, 'beach.jpg');
  const options = ['--layers', 'depth,subject', '--format', 'depth=tiff,subject=webp'];

  const { exitCode } = await diorama(
    folder,
    ...['layers', 'beach.jpg', '-o', 'out', ...options, '--size', '80', '--lossless'],
  );

  expect(exitCode).toBe(0);
  const { files } = await wholeLayers(join(folder, 'out/beach'));
  expect(Object.keys(files).sort()).toEqual(['depth', 'subject']);
  const depth = await sharp(join(folder, 'out/beach/depth.tiff')).metadata();
  expect([depth.format, depth.depth, depth.width, depth.height]).toEqual(['tiff', 'float', 80, 60]);
  const subject = await sharp(join(folder, 'out/beach/subject.webp')).metadata();
  expect([subject.format, subject.channels, subject.width]).toEqual(['webp', 4, 80]);
});

test.skipIf(!existsSync(PHOTO))('a real photo is answered at its own size', async () => {
  const folder = await newFolder();

  const { exitCode } = await diorama(folder, 'layers', PHOTO, '-o', 'out', '--plate', 'png');

  expect(exitCode).toBe(0);
  const photo = await sharp(PHOTO).metadata();
  const document = await wholeLayers(join(folder, 'out/cat-close'));
  expect(document.size).toEqual({ width: photo.width, height: photo.height });
  const plate = await readFile(join(folder, 'out/cat-close/plate.png'));
  expect((await sharp(plate).metadata()).format).toBe('png');
});
