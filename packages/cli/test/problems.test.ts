import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diorama, newFolder, reportsOf } from './diorama-process.ts';
import { entriesOf } from './layers-on-disk.ts';
import { writePhoto } from './sample-photos.ts';

test.each([
  [['paint'], /unknown command 'paint'/],
  [['layers'], /required option '-o, --output <dir>' not specified/],
  [['layers', '-o', 'out'], /missing required argument 'photo'/],
  [['layers', 'a.jpg', '-o', 'out', '--sise', '9'], /unknown option '--sise' \(Did you mean/],
  [['layers', 'a.jpg', '-o', 'out', '--size', 'big'], /--size .+ whole number from 1 to 65535/],
  [['layers', 'a.jpg', '-o', 'out', '--layers', 'sky'], /The layers are matte, depth/],
  [['layers', 'a.jpg', '-o', 'out', '--format', 'depth'], /Expected layer=format/],
  [['layers', 'a.jpg', '-o', 'out', '--plate', 'bmp'], /The formats are png, jpeg/],
  [['layers', 'a.jpg', '-o', 'out', '--require', 'luck'], /Allowed choices are gpu/],
  [['layers', 'a.jpg', '-o', 'out', '--model', 'none'], /none.+\(MODEL_UNKNOWN\)/],
])('%j is not understood, in one line', async (args, line) => {
  const folder = await newFolder();
  await writePhoto(folder, 'a.jpg');

  const { exitCode, stdout, stderr } = await diorama(folder, ...args);

  expect(exitCode).toBe(64);
  expect(stdout.length).toBe(0);
  expect(stderr).toMatch(/^diorama: .+\n$/);
  expect(stderr).toMatch(line);
  expect((await entriesOf(folder)).shown).toEqual(['a.jpg']);
});

test('with --json a command line that is not understood is a problem document', async () => {
  const ended = await diorama(await newFolder(), 'layers', '--json');

  expect([ended.exitCode, ended.stderr]).toEqual([64, '']);
  expect(reportsOf(ended)).toMatchObject([
    { event: 'problem', problem: { code: 'REQUEST_INVALID', status: 400, retryable: false } },
  ]);
});

test('help and version are answers', async () => {
  const folder = await newFolder();

  const help = await diorama(folder, '--help');
  const ofCommand = await diorama(folder, 'layers', '--help');
  const version = await diorama(folder, '--version');
  const nothing = await diorama(folder);

  expect([help.exitCode, ofCommand.exitCode, version.exitCode]).toEqual([0, 0, 0]);
  for (const name of [
    'layers',
    'depth',
    'matte',
    'subject',
    'plate',
    'models',
    'serve',
    'eval',
    'bench',
  ]) {
    expect(help.stdout.toString()).toMatch(new RegExp(`^  ${name}`, 'm'));
  }
  expect(ofCommand.stdout.toString()).toContain('diorama layers photos/ -o out');
  expect(version.stdout.toString()).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(nothing.exitCode).toBe(64);
  expect(nothing.stderr).toContain('Usage: diorama');
});

test('an output folder that cannot be written is said before any work', async () => {
  const folder = await newFolder();
  await writePhoto(folder, 'a.jpg');
  await writeFile(join(folder, 'file'), '');

  const { exitCode, stderr } = await diorama(folder, 'layers', 'a.jpg', '-o', 'file/out');

  expect(exitCode).toBe(73);
  expect(stderr).toMatch(/^diorama: Cannot write file\/out: .+ \(OUTPUT_UNWRITABLE\)\n$/);
});

test('a folder with a person’s own files is never replaced', async () => {
  const folder = await newFolder();
  await writePhoto(folder, 'a.jpg');
  await mkdir(join(folder, 'out/a'), { recursive: true });
  await writeFile(join(folder, 'out/a/letter.txt'), 'mine');

  const { exitCode, stderr } = await diorama(folder, 'layers', 'a.jpg', '-o', 'out', '--force');

  expect(exitCode).toBe(73);
  expect(stderr).toMatch(/^a\.jpg: .+ another output folder \(OUTPUT_UNWRITABLE\)$/m);
  expect(await readFile(join(folder, 'out/a/letter.txt'), 'utf8')).toBe('mine');
  expect(await entriesOf(join(folder, 'out'))).toEqual({ shown: ['a'], hidden: [] });
});

test.each([
  [['--max-bytes', '100'], 65, 'PHOTO_TOO_MANY_BYTES'],
  [['--max-pixels', '1000'], 65, 'PHOTO_TOO_MANY_PIXELS'],
  [['--timeout', '1ms'], 75, 'DEADLINE_EXCEEDED'],
  [['--provider', 'cuda'], 69, 'PROVIDER_UNAVAILABLE'],
])('%j ends with %i, %s', async (options, expected, code) => {
  const folder = await newFolder();
  await writePhoto(folder, 'a.jpg');
  await writePhoto(folder, 'b.jpg');

  const { exitCode, stderr } = await diorama(
    folder,
    ...['layers', 'a.jpg', 'b.jpg', '-o', 'out', ...options],
  );

  expect(exitCode).toBe(expected);
  const problems = stderr.split('\n').filter((line) => line.endsWith(`(${code})`));
  // What concerns the machine is said once, what concerns a photo for each.
  expect(problems).toHaveLength(code === 'PROVIDER_UNAVAILABLE' ? 1 : 2);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(await entriesOf(join(folder, 'out'))).toEqual({ shown: [], hidden: [] });
});
