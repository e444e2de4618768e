import type { ChildProcess } from 'node:child_process';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { diorama, endOf, newFolder, reportsOf, start } from './diorama-process.ts';
import { entriesOf, wholeLayers } from './layers-on-disk.ts';
import { writePhoto } from './sample-photos.ts';

const PHOTOS = 8;

async function photoFolder(): Promise<string> {
  const folder = await newFolder();
  for (let seed = 0; seed < PHOTOS; seed++) await writePhoto(folder, `in/${seed}.jpg`, seed);
  return folder;
}

/** Resolves when the command has told of so many photos. */
function toldOf(child: ChildProcess, photos: number): Promise<void> {
  let text = '';
  return new Promise((resolve) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk;
      if (text.split(' -> ').length > photos) resolve();
    });
    child.on('close', () => resolve());
  });
}

test('a killed run leaves whole folders only, and the next one goes on', async () => {
  const folder = await photoFolder();
  const child = start(folder, ['layers', 'in', '-o', 'out', '--jobs', '2']);
  const ended = endOf(child);
  await toldOf(child, 2);
  child.kill('SIGKILL');
  await ended;

  const { shown } = await entriesOf(join(folder, 'out'));
  expect(shown.length).toBeGreaterThanOrEqual(2);
  expect(shown.length).toBeLessThan(PHOTOS);
  for (const name of shown) await wholeLayers(join(folder, 'out', name));

  const again = await diorama(folder, 'layers', 'in', '-o', 'out', '--json');
  expect(again.exitCode).toBe(0);
  expect(reportsOf(again).at(-1)).toMatchObject({
    skipped: shown.length,
    done: PHOTOS - shown.length,
  });
  const after = await entriesOf(join(folder, 'out'));
  expect([after.shown.length, after.hidden]).toEqual([PHOTOS, []]);
  for (const name of after.shown) await wholeLayers(join(folder, 'out', name));
});

test('a run that is killed while it replaces leaves the older folder or the newer', async () => {
  const folder = await photoFolder();
  await diorama(folder, 'layers', 'in', '-o', 'out');
  for (const told of [1, 3]) {
    const child = start(folder, ['layers', 'in', '-o', 'out', '--size', `${100 + told}`]);
    const ended = endOf(child);
    await toldOf(child, told);
    await pause(told * 7); // another moment of the next photo each time
    child.kill('SIGKILL');
    await ended;
    const { shown } = await entriesOf(join(folder, 'out'));
    expect(shown).toHaveLength(PHOTOS);
    for (const name of shown) await wholeLayers(join(folder, 'out', name));
  }
});

test('SIGINT ends the run with 130 and leaves nothing half', async () => {
  const folder = await photoFolder();
  const child = start(folder, ['layers', 'in', '-o', 'out']);
  const ended = endOf(child);
  await toldOf(child, 1);
  child.kill('SIGINT');

  const { exitCode, stderr } = await ended;

  expect(exitCode).toBe(130);
  expect(stderr).toMatch(/^\d photos? done, \d not tried; .+$/m);
  expect(stderr).not.toMatch(/\(CANCELLED\)|\(INTERNAL\)/);
  const { shown, hidden } = await entriesOf(join(folder, 'out'));
  expect(hidden).toEqual([]);
  expect(shown.length).toBeLessThan(PHOTOS);
  for (const name of shown) await wholeLayers(join(folder, 'out', name));
});

test('what dead runs left is cleaned, and what they laid aside is put back', async () => {
  const folder = await newFolder();
  await writePhoto(folder, 'in/a.jpg');
  await diorama(folder, 'layers', 'in', '-o', 'out');
  const out = join(folder, 'out');
  const key = (await wholeLayers(join(out, 'a'))).requestKey;
  // A run that died between its two renames, one on another machine two days ago, and one that still runs.
  const machine = await machineOf(folder);
  const dead = `.a.999999999-${machine}.diorama.part`;
  const alive = `.a.${process.pid}-${machine}.diorama.part`;
  const far = '.a.7-zzzzzz.diorama.part'.replaceAll('z', '0');
  const own = '.notes.old';
  for (const name of [dead, alive, far, own]) await mkdir(join(out, name));
  const daysAgo = new Date(Date.now() - 48 * 3_600_000);
  await utimes(join(out, far), daysAgo, daysAgo);
  const { rename } = await import('node:fs/promises');
  await rename(join(out, 'a'), join(out, '.a.diorama.old'));
  await mkdir(join(out, '.b.diorama.old'));
  await writeFile(join(out, '.b.diorama.old/letter.txt'), 'not ours');

  const ended = await diorama(folder, 'layers', 'in', '-o', 'out', '--json');

  expect(reportsOf(ended).at(-1)).toMatchObject({ skipped: 1, done: 0, exitCode: 0 });
  expect((await wholeLayers(join(out, 'a'))).requestKey).toBe(key);
  expect((await readdir(out)).sort()).toEqual([alive, '.b.diorama.old', own, 'a'].sort());
  expect(await readFile(join(out, '.b.diorama.old/letter.txt'), 'utf8')).toBe('not ours');
});

/** How a run on this machine marks what it writes, seen on a run that is killed. */
async function machineOf(folder: string): Promise<string> {
  const child = start(folder, ['layers', 'in', '-o', 'seen', '--force']);
  const ended = endOf(child);
  for (;;) {
    const names = await readdir(join(folder, 'seen')).catch(() => []);
    const mark = names.map((name) => /\d-([0-9a-f]{6})\.diorama\.part$/.exec(name)?.[1]);
    const found = mark.find(Boolean);
    if (found) {
      child.kill('SIGKILL');
      await ended;
      return found;
    }
    if (child.exitCode !== null) throw new Error('The run ended before it was seen writing');
    await pause(1);
  }
}
