import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { diorama, newFolder, reportsOf } from './diorama-process.ts';
import { entriesOf } from './layers-on-disk.ts';
import { HEIGHT, WIDTH, writePhoto } from './sample-photos.ts';

test.each([
  ['matte', 'm.png', 'png', 1, 'uchar'],
  ['depth', 'd.PNG', 'png', 1, 'ushort'],
  ['subject', 's.webp', 'webp', 4, 'uchar'],
  ['subject', 's.avif', 'heif', 4, 'uchar'],
  ['plate', 'p.jpg', 'jpeg', 3, 'uchar'],
  ['plate', 'p.jpeg', 'jpeg', 3, 'uchar'],
  ['depth', 'd.tif', 'tiff', 1, 'float'],
  ['depth', 'new/d.tiff', 'tiff', 1, 'float'],
])('%s to %s is a %s of %i channel(s), %s', async (layer, file, format, channels, depth) => {
  const folder = await newFolder();
  await writePhoto(folder, 'a.jpg');

  const { exitCode, stderr } = await diorama(folder, layer, 'a.jpg', '-o', file);

  expect(stderr).toMatch(/^a\.jpg -> .+\n1 photo done; .+\n$/);
  expect(exitCode).toBe(0);
  const found = await sharp(join(folder, file)).metadata();
  expect([found.width, found.height]).toEqual([WIDTH, HEIGHT]);
  expect([found.format, found.channels, found.depth]).toEqual([format, channels, depth]);
});

test('an ending that names no format is refused with those that do', async () => {
  const folder = await newFolder();
  await writePhoto(folder, 'a.jpg');

  for (const output of ['matte.bmp', 'matte']) {
    const { exitCode, stderr } = await diorama(folder, 'matte', 'a.jpg', '-o', output);
    expect(exitCode).toBe(64);
    expect(stderr).toBe(
      `diorama: The ending of ${output} names no format; the endings are ` +
        '.png .jpg .jpeg .webp .avif .tif .tiff (REQUEST_INVALID)\n',
    );
  }
  const jpeg = await diorama(folder, 'subject', 'a.jpg', '-o', 's.jpg');
  expect([jpeg.exitCode, jpeg.stderr]).toEqual([64, expect.stringMatching(/JPEG.+transparency/)]);
  expect((await entriesOf(folder)).shown).toEqual(['a.jpg']);
});

test('several photos go to a folder, each under its name', async () => {
  const folder = await newFolder();
  await writePhoto(folder, 'in/a.jpg', 1);
  await writePhoto(folder, 'in/a.png', 2);
  await writePhoto(folder, 'in/b.jpg', 3);

  const ended = await diorama(folder, 'matte', 'in', '-o', 'out/', '--format', 'webp');
  const one = await diorama(folder, 'matte', 'in', '-o', 'all.png');

  expect(ended.exitCode).toBe(0);
  expect((await entriesOf(join(folder, 'out'))).shown).toEqual([
    'a-jpg.webp',
    'a-png.webp',
    'b.webp',
  ]);
  expect([one.exitCode, one.stderr]).toEqual([
    64,
    'diorama: Several photos need a folder: -o DIR/ (REQUEST_INVALID)\n',
  ]);
});

test('-o - is the picture on stdout and nothing else', async () => {
  const folder = await newFolder();
  await writePhoto(folder, 'a.jpg');

  const { exitCode, stdout } = await diorama(
    folder,
    ...['subject', 'a.jpg', '-o', '-', '--format', 'webp'],
  );

  expect(exitCode).toBe(0);
  const { format, width, channels } = await sharp(stdout).metadata();
  expect([format, width, channels]).toEqual(['webp', WIDTH, 4]);
});

test('a photo is never written over', async () => {
  const folder = await newFolder();
  const photo = await writePhoto(folder, 'in/a.png');
  const before = await readFile(photo);

  const itself = await diorama(folder, 'plate', 'in/a.png', '-o', 'in/../in/a.png');
  const beside = await diorama(folder, 'plate', 'in/a.png', '-o', 'in');

  expect([itself.exitCode, beside.exitCode]).toEqual([64, 64]);
  expect(itself.stderr).toMatch(/^diorama: The output is the photo itself/);
  expect(await readFile(photo)).toEqual(before);
});

test('a failed photo leaves the older picture as it was', async () => {
  const folder = await newFolder();
  await writeFile(join(folder, 'a.jpg'), 'no photo');
  await writeFile(join(folder, 'matte.png'), 'older');

  const ended = await diorama(folder, 'matte', 'a.jpg', '-o', 'matte.png', '--json');

  expect(ended.exitCode).toBe(65);
  expect(reportsOf(ended)[0]).toMatchObject({ problem: { code: 'PHOTO_TYPE_UNSUPPORTED' } });
  expect(await readFile(join(folder, 'matte.png'), 'utf8')).toBe('older');
  expect((await entriesOf(folder)).hidden).toEqual([]);
});
