import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SealPublicKey, seal } from '@diorama/sealed';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { addSealKey, readSealKeysFile, retireSealKey } from './manage-seal-keys.ts';
import { type OpenedSealBox, openSealBox } from './open-seal-box.ts';

const CONTENT = { contentType: 'image/png', bytes: new Uint8Array([1, 2, 3]) };
const HOUR_MS = 3_600_000;
let folder: string;
let file: string;
let box: OpenedSealBox | undefined;
let lines = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-seal-'));
  file = join(folder, 'seal.json');
  lines = '';
});
afterEach(async () => {
  box?.close();
  await rm(folder, { recursive: true });
});

async function openBox(): Promise<OpenedSealBox> {
  const write = (text: string) => {
    lines += text;
  };
  box = await openSealBox({ file, log: createLog('info', { write }), lookMs: 10 });
  return box;
}

const idsOf = (keys: readonly SealPublicKey[]) => keys.map(({ id }) => id);

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a box with the keys of a file', () => {
  it('takes up new keys, lets go of retired ones, and remembers what came', async () => {
    const old = await addSealKey(file, { id: 'old' });
    const opened = await openBox();
    const { message } = await seal(CONTENT, old);
    await opened.open(message);
    const young = await addSealKey(file, { id: 'young' });
    await until(() => idsOf(opened.publicKeys())[0] === 'young');
    await expect(opened.open(message)).rejects.toMatchObject({ code: 'SEAL_REPLAYED' });
    await opened.open((await seal(CONTENT, young)).message);
    await retireSealKey(file, 'old', Date.now());
    await until(() => !idsOf(opened.publicKeys()).includes('old'));
    const late = await seal(CONTENT, old);
    await expect(opened.open(late.message)).rejects.toMatchObject({ code: 'SEAL_KEY_UNKNOWN' });
    expect(lines).not.toMatch(/old|young/);
  });

  it('keeps its keys when the file breaks, says so, and goes on when it is mended', async () => {
    const key = await addSealKey(file, { id: 'a' });
    const opened = await openBox();
    await writeFile(file, '[{"id":"a","privateKey":"SECRET"}]');
    await until(() => lines.includes('"ERROR"'));
    expect(lines).not.toContain('SECRET');
    await opened.open((await seal(CONTENT, key)).message);
    await rm(file);
    await addSealKey(file, { id: 'b' });
    await until(() => idsOf(opened.publicKeys())[0] === 'b');
  });

  it('is not opened without a file, with what is none, or without a valid key', async () => {
    const invalid = { code: 'CONFIG_INVALID' };
    await expect(openBox()).rejects.toMatchObject(invalid);
    await writeFile(file, '{}');
    await expect(openBox()).rejects.toMatchObject(invalid);
    await writeFile(file, '[]');
    await expect(openBox()).rejects.toMatchObject({
      ...invalid,
      message: expect.stringMatching(/diorama seal create/),
    });
  });
});

describe('a file of seal keys', () => {
  it('loses keys that ran out with the next change, and no others', async () => {
    await addSealKey(file, { id: 'over', untilMs: Date.now() - 1 });
    expect(idsOf(await readSealKeysFile(file))).toEqual([]);
    await addSealKey(file, { id: 'a', untilMs: Date.now() + HOUR_MS });
    await addSealKey(file, { id: 'b', fromMs: Date.now() + HOUR_MS });
    expect(idsOf(await readSealKeysFile(file))).toEqual(['a', 'b']);
    for (const key of await readSealKeysFile(file)) expect(key).not.toHaveProperty('privateKey');
  });

  it('has room for 32 keys', async () => {
    for (let n = 0; n < 32; n++) await addSealKey(file, {});
    await expect(addSealKey(file, {})).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await readSealKeysFile(file)).toHaveLength(32);
  });
});
