import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diorama, endOf, newFolder, start } from './diorama-process.ts';

test('a key is printed once, listed with its limits, and revoked', async () => {
  const folder = await newFolder();
  const file = join(folder, 'keys.json');
  const keys = (...args: string[]) => diorama(folder, 'keys', ...args, '--file', 'keys.json');

  const made = await keys('create', 'app', '--name', 'The app', '--rate', '60', '--photos', '500');
  expect(made.exitCode).toBe(0);
  expect(made.stdout.toString()).toMatch(/^dio_app_[0-9a-f]{48}\n$/);
  expect(made.stderr).toMatch(/not shown again/);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).not.toContain(made.stdout.toString().trim());

  const second = await keys('create', 'other', '--json');
  expect(JSON.parse(second.stdout.toString())).toEqual({
    event: 'created',
    id: 'other',
    key: expect.stringMatching(/^dio_other_/),
  });

  const listed = (await keys('list')).stdout.toString().split('\n');
  expect(listed[0]).toMatch(/^ID +NAME +REQUESTS\/MINUTE +PHOTOS\/MONTH$/);
  expect(listed[1]).toMatch(/^app +The app +60 +500$/);
  expect(listed[2]).toMatch(/^other +any +any$/);

  expect((await keys('revoke', 'app')).stdout.toString()).toBe('app is revoked\n');
  expect(JSON.parse((await keys('list', '--json')).stdout.toString())).toEqual([{ id: 'other' }]);
});

test('a key that cannot be made or found is refused in one line', async () => {
  const folder = await newFolder();
  const keys = (...args: string[]) => diorama(folder, 'keys', ...args);
  await keys('create', 'app', '--file', 'keys.json');
  const refused = [
    await keys('create', 'app', '--file', 'keys.json'),
    await keys('create', 'The App', '--file', 'keys.json'),
    await keys('create', 'b', '--file', 'keys.json', '--rate', '0'),
    await keys('revoke', 'nobody', '--file', 'keys.json'),
    await keys('list', '--file', 'none.json'),
    await keys('create', 'b', '--file', 'no/keys.json'),
  ];
  expect(refused.map(({ exitCode }) => exitCode)).toEqual([64, 64, 64, 64, 66, 73]);
  for (const { stderr } of refused) expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('the file of keys may come from the environment, and must come from somewhere', async () => {
  const folder = await newFolder();
  const { DIORAMA_KEYS: _, ...env } = process.env;
  const nowhere = await endOf(start(folder, ['keys', 'list'], env));
  expect(nowhere.exitCode).toBe(64);
  expect(nowhere.stderr).toContain('--file');
  const withFile = { ...env, DIORAMA_KEYS: 'keys.json' };
  expect((await endOf(start(folder, ['keys', 'create', 'a'], withFile))).exitCode).toBe(0);
  const listed = await endOf(start(folder, ['keys', 'list', '--json'], withFile));
  expect(JSON.parse(listed.stdout.toString())).toEqual([{ id: 'a' }]);
});

test('a server is not opened to the network by mistake', async () => {
  const folder = await newFolder();
  const { DIORAMA_KEYS: _keys, DIORAMA_OPEN: _open, ...env } = process.env;
  const serve = (...args: string[]) => endOf(start(folder, ['serve', '--port', '0', ...args], env));
  const mistake = await serve('--host', '0.0.0.0');
  expect(mistake.exitCode).toBe(78);
  expect(mistake.stderr).toMatch(/DIORAMA_KEYS.*DIORAMA_OPEN.*\(CONFIG_INVALID\)\n$/);
  const noFile = await serve('--host', '0.0.0.0', '--keys', 'keys.json');
  expect(noFile.exitCode).toBe(78);
  expect(noFile.stderr).toMatch(/cannot be read \(ENOENT\)/);
});
