import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { KeyRing } from './key-ring.ts';
import { hashKey, makeKey } from './key-text.ts';
import { formatKeys } from './keys-file.ts';
import { createKey, revokeKey } from './manage-keys.ts';

let folder: string;
let file: string;
let rings: KeyRing[];
let lines: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-ring-'));
  file = join(folder, 'keys.json');
  rings = [];
  lines = '';
});
afterEach(async () => {
  for (const ring of rings) ring.close();
  await rm(folder, { recursive: true });
});

function openRing(): KeyRing {
  const write = (text: string) => {
    lines += text;
  };
  const ring = new KeyRing({ file, log: createLog('info', { write }), lookMs: 10 });
  rings.push(ring);
  return ring;
}

/** Whole at once: a look could come in the middle of a plain write, and what it saw would be a change more. */
async function replaceFile(text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('KeyRing', () => {
  it('knows its keys, and nothing that only resembles one', async () => {
    const key = await createKey(file, { id: 'app', ratePerMinute: 60 });
    await createKey(file, { id: 'other' });
    const ring = openRing();
    expect(ring.find(key)).toMatchObject({ id: 'app', ratePerMinute: 60 });
    const near = [
      makeKey('app'),
      makeKey('nobody'),
      key.replace('dio_app', 'dio_other'),
      `${key}0`,
      key.slice(0, -1),
      key.toUpperCase(),
      hashKey(key).toString('hex'),
      '',
    ];
    expect(near.filter((text) => ring.find(text) !== undefined)).toEqual([]);
  });

  it('takes up new keys and lets go of revoked ones while it is open', async () => {
    const old = await createKey(file, { id: 'old' });
    const ring = openRing();
    const young = await createKey(file, { id: 'young' });
    await until(() => ring.find(young) !== undefined);
    expect(ring.find(old)?.id).toBe('old');
    await revokeKey(file, 'old');
    await until(() => ring.find(old) === undefined);
    expect(ring.find(young)?.id).toBe('young');
    expect(ring.entryOf('old')).toBeUndefined();
    expect(lines).not.toMatch(/old|young/);
  });

  it('keeps its keys when the file breaks or goes, says so once, and goes on when it is mended', async () => {
    const key = await createKey(file, { id: 'app' });
    const ring = openRing();
    const errors = () => lines.split('\n').filter((line) => line.includes('"ERROR"')).length;
    await replaceFile(`[{"id":"app","sha256":"${key}"}]`);
    await until(() => errors() === 1);
    expect(ring.find(key)?.id).toBe('app');
    await rename(file, `${file}.away`);
    await until(() => errors() === 2);
    expect(ring.find(key)?.id).toBe('app');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(errors()).toBe(2);
    expect(lines).not.toContain(key);
    await replaceFile(formatKeys([]));
    await until(() => ring.find(key) === undefined);
  });

  it('does not open without a file that holds keys', async () => {
    const fault = (line: RegExp) =>
      expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringMatching(line) });
    expect(openRing).toThrow(fault(/^DIORAMA_KEYS names a file that cannot be read \(ENOENT\)\.$/));
    await writeFile(file, '{}');
    expect(openRing).toThrow(fault(/^DIORAMA_KEYS is no list of keys/));
  });
});
