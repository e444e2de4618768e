import { readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diorama, newFolder, reportsOf } from './diorama-process.ts';
import { entriesOf, wholeLayers } from './layers-on-disk.ts';
import { writePhoto } from './sample-photos.ts';

/** What became of each photo: `a done`, `b skipped`. */
async function outcomes(folder: string, ...args: string[]): Promise<string[]> {
  const ended = await diorama(folder, 'layers', 'in', '-o', 'out', '--json', ...args);
  const photos = reportsOf(ended).filter((report) => report.event === 'photo');
  return photos.map(({ photo, outcome }) => `${photo.slice(3, -4)} ${outcome}`).sort();
}

test('a second run leaves finished photos alone, and makes anew what is not as it should be', async () => {
  const folder = await newFolder();
  for (const [seed, name] of ['a', 'b', 'c', 'd'].entries()) {
    await writePhoto(folder, `in/${name}.jpg`, seed);
  }
  const out = (path: string) => join(folder, 'out', path);
  expect(await outcomes(folder)).toEqual(['a done', 'b done', 'c done', 'd done']);
  const before = await stat(out('a/depth.png'));

  expect(await outcomes(folder)).toEqual(['a skipped', 'b skipped', 'c skipped', 'd skipped']);
  expect((await stat(out('a/depth.png'))).mtimeMs).toBe(before.mtimeMs);

  await rm(out('b/matte.png'));
  await truncate(out('c/plate.jpg'), 100);
  await writePhoto(folder, 'in/d.jpg', 9);
  expect(await outcomes(folder)).toEqual(['a skipped', 'b done', 'c done', 'd done']);

  await truncate(out('a/layers.json'), 50);
  await writeFile(out('b/layers.json'), '{"version": 1}');
  expect(await outcomes(folder)).toEqual(['a done', 'b done', 'c skipped', 'd skipped']);

  const { shown, hidden } = await entriesOf(join(folder, 'out'));
  expect([shown, hidden]).toEqual([['a', 'b', 'c', 'd'], []]);
  for (const name of shown) await wholeLayers(out(name));
});

test('another option makes a photo anew, and so does --force', async () => {
  const folder = await newFolder();
  await writePhoto(folder, 'in/a.jpg');
  expect(await outcomes(folder)).toEqual(['a done']);

  expect(await outcomes(folder, '--size', '100')).toEqual(['a done']);
  expect(await outcomes(folder, '--size', '100')).toEqual(['a skipped']);
  expect(await outcomes(folder, '--size', '100', '--layers', 'matte')).toEqual(['a done']);
  // Only the layers that were asked for are left, and a format of another changes nothing.
  expect(await entriesOf(join(folder, 'out/a'))).toMatchObject({
    shown: ['layers.json', 'matte.png'],
  });
  const same = ['--size', '100', '--layers', 'matte', '--format', 'depth=webp'];
  expect(await outcomes(folder, ...same)).toEqual(['a skipped']);
  expect(await outcomes(folder, ...same, '--force')).toEqual(['a done']);
});

test('the key of a request tells nothing of the photo', async () => {
  const folder = await newFolder();
  const photo = await writePhoto(folder, 'in/a.jpg');
  await outcomes(folder);

  const document = await wholeLayers(join(folder, 'out/a'));

  expect(document.requestKey).toMatch(/^[0-9a-f]{64}$/);
  const text = await readFile(join(folder, 'out/a/layers.json'), 'utf8');
  expect(text).not.toContain('a.jpg');
  expect(text).not.toContain(photo);
});
