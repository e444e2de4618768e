import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readKeysFile } from './change-keys-file.ts';
import { hashKey } from './key-text.ts';
import { createKey, revokeKey } from './manage-keys.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-keys-'));
  file = join(folder, 'keys.json');
});
afterEach(() => rm(folder, { recursive: true }));

const refusal = (code: string, line: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(line) });

describe('a file of keys', () => {
  it('is made with the first key, for its owner alone, and keeps only hashes', async () => {
    const key = await createKey(file, { id: 'app', name: 'The app', ratePerMinute: 60 });
    const entry = {
      id: 'app',
      name: 'The app',
      ratePerMinute: 60,
      sha256: hashKey(key).toString('hex'),
    };
    expect(await readKeysFile(file)).toEqual([entry]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).not.toContain(key.slice(-48));
    expect(await readdir(folder)).toEqual(['keys.json']);
  });

  it('keeps its rights, its place behind a link, and all other keys', async () => {
    const link = join(folder, 'link.json');
    await createKey(file, { id: 'a' });
    await chmod(file, 0o640);
    await symlink(file, link);
    await createKey(link, { id: 'b', photosPerMonth: 5 });
    await revokeKey(link, 'a');
    expect(await readKeysFile(file)).toMatchObject([{ id: 'b', photosPerMonth: 5 }]);
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).sort()).toEqual(['keys.json', 'link.json']);
  });

  it('loses no key of two that are made at the same moment', async () => {
    const ids = Array.from({ length: 8 }, (_, n) => `app-${n}`);
    const made = await Promise.allSettled(ids.map((id) => createKey(file, { id })));
    const done = ids.filter((_, n) => made[n]?.status === 'fulfilled');
    expect(done.length).toBeGreaterThan(0);
    expect((await readKeysFile(file)).map(({ id }) => id).sort()).toEqual(done.sort());
    for (const one of made) {
      if (one.status === 'rejected') {
        expect(one.reason).toEqual(refusal('OUTPUT_UNWRITABLE', /^Another command is changing/));
      }
    }
  });

  it('is left as it was by what cannot be done', async () => {
    await createKey(file, { id: 'app' });
    const before = await readFile(file, 'utf8');
    await expect(createKey(file, { id: 'app' })).rejects.toEqual(
      refusal('REQUEST_INVALID', /^There is a key app already/),
    );
    for (const id of ['', 'App', 'a_b', 'open', 'x'.repeat(33)]) {
      await expect(createKey(file, { id })).rejects.toEqual(refusal('REQUEST_INVALID', /^The id/));
    }
    await expect(revokeKey(file, 'other')).rejects.toEqual(
      refusal('REQUEST_INVALID', /^There is no key other/),
    );
    expect(await readFile(file, 'utf8')).toBe(before);
    expect(await readdir(folder)).toEqual(['keys.json']);
  });

  it('is not written over when it holds something else', async () => {
    await writeFile(file, '{"private":true}');
    await expect(createKey(file, { id: 'app' })).rejects.toEqual(
      refusal('CONFIG_INVALID', /is no list of keys/),
    );
    expect(await readFile(file, 'utf8')).toBe('{"private":true}');
  });

  it('must be able to be there', async () => {
    await expect(createKey(join(folder, 'no', 'keys.json'), { id: 'app' })).rejects.toEqual(
      refusal('OUTPUT_UNWRITABLE', /cannot be written \(ENOENT\)\.$/),
    );
    await mkdir(file);
    await expect(readKeysFile(file)).rejects.toEqual(
      refusal('INPUT_NOT_FOUND', /cannot be read \(EISDIR\)\.$/),
    );
  });
});

describe('what is no file of keys', () => {
  const sha256 = 'a'.repeat(64);

  it.each([
    ['not JSON', 'keys', ''],
    ['no list', '{}', ''],
    ['a key itself', JSON.stringify([{ id: 'app', sha256: 'dio_app_secret' }]), 'at 0.sha256'],
    ['an id in capitals', JSON.stringify([{ id: 'App', sha256 }]), 'at 0.id'],
    ['a name that is taken', JSON.stringify([{ id: 'open', sha256 }]), 'at 0.id'],
    ['a slip of the pen', JSON.stringify([{ id: 'app', sha256, rate: 6 }]), 'at 0'],
    [
      'half a photo',
      JSON.stringify([{ id: 'app', sha256, photosPerMonth: 0.5 }]),
      'photosPerMonth',
    ],
    ['no requests', JSON.stringify([{ id: 'app', sha256, ratePerMinute: 0 }]), 'ratePerMinute'],
    [
      'an id twice',
      JSON.stringify([
        { id: 'a', sha256 },
        { id: 'a', sha256 },
      ]),
      'the same id',
    ],
    [
      'too much',
      JSON.stringify([{ id: 'a', name: 'x'.repeat(2 ** 20), sha256 }]),
      'no list of keys',
    ],
  ])('is refused with %s, without its content', async (_what, text, where) => {
    await writeFile(file, text);
    const error = await readKeysFile(file).catch((caught: Error) => caught);
    expect(error).toEqual(refusal('CONFIG_INVALID', new RegExp(`^${file} is no list of keys`)));
    expect(String(error)).toContain(where);
    expect(String(error)).not.toMatch(/secret|aaaa|xxxx/);
  });
});
