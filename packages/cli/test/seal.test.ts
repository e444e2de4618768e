import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createSealBox, readSealKeys, readSealPublicKeys, seal } from '@diorama/sealed';
import { expect, test } from 'vitest';
import { diorama, newFolder } from './diorama-process.ts';

const CONTENT = { contentType: 'image/png', bytes: new Uint8Array([1, 2, 3]) };

test('a key is made for its owner alone, and callers can seal to its public half', async () => {
  const folder = await newFolder();
  const file = join(folder, 'seal.json');
  const sealing = (...args: string[]) => diorama(folder, 'seal', ...args, '--file', 'seal.json');

  const made = await sealing('create');
  expect(made.exitCode).toBe(0);
  expect(made.stdout.toString()).toMatch(/^[\w-]{12}\n$/);
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const printed = (await sealing('public')).stdout.toString();
  const [key] = readSealPublicKeys(printed);
  const keys = readSealKeys(await readFile(file, 'utf8'));
  for (const { privateKey } of keys) expect(printed).not.toContain(privateKey);
  const { message } = await seal(CONTENT, key!);
  expect(await createSealBox(keys).open(message)).toMatchObject({ content: CONTENT });
});

test('a key takes the place of another, which is opened until it is over and then gone', async () => {
  const folder = await newFolder();
  const sealing = (...args: string[]) => diorama(folder, 'seal', ...args, '--file', 'seal.json');
  const listed = async () => (await sealing('list')).stdout.toString();
  await sealing('create', '--id', 'old');
  await sealing('create', '--id', 'new', '--days', '90');
  await sealing('create', '--id', 'next', '--starts-in', '48');
  const lines = (await listed()).split('\n');
  expect(lines[0]).toMatch(/^ID +STATE +FROM +UNTIL$/);
  expect(lines[1]).toMatch(/^old +still opened +\S+Z +retired$/);
  expect(lines[2]).toMatch(/^new +in use +\S+Z +\S+Z$/);
  expect(lines[3]).toMatch(/^next +to come +\S+Z +retired$/);
  const order = readSealPublicKeys((await sealing('public')).stdout.toString());
  expect(order.map(({ id }) => id)).toEqual(['new', 'old', 'next']);

  const retired = await sealing('retire', 'old', '--json');
  const { notAfter, ...rest } = JSON.parse(retired.stdout.toString());
  expect(rest).toEqual({ event: 'retired', id: 'old' });
  expect(Date.parse(notAfter)).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  expect(await listed()).toContain('old');
  await sealing('retire', 'old', '--in', '0');
  expect(await listed()).not.toContain('old');
  expect(await readFile(join(folder, 'seal.json'), 'utf8')).not.toContain('old');
});

test('what cannot be done with a seal key is refused in one line', async () => {
  const folder = await newFolder();
  const sealing = (...args: string[]) => diorama(folder, 'seal', ...args);
  await sealing('create', '--id', 'a', '--file', 'seal.json');
  const refused = [
    await sealing('create', '--id', 'a', '--file', 'seal.json'),
    await sealing('create', '--id', 'a b', '--file', 'seal.json'),
    await sealing('create', '--days', '0', '--file', 'seal.json'),
    await sealing('retire', 'nobody', '--file', 'seal.json'),
    await sealing('list', '--file', 'none.json'),
    await sealing('public', '--file', '../package.json'),
    await sealing('create', '--file', 'no/seal.json'),
  ];
  expect(refused.map(({ exitCode }) => exitCode)).toEqual([64, 64, 64, 64, 66, 66, 73]);
  for (const { stderr } of refused) expect(stderr.trim().split('\n')).toHaveLength(1);
});
