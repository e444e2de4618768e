import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealBox, createSealKey, publicHalf } from '@diorama/sealed';
import { createSealer, type SendSealed } from '@diorama/sealed/caller';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSealTo } from './read-seal-to.ts';

const CONTENT = { contentType: 'image/png', bytes: new Uint8Array([1, 2, 3]) };
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-seal-to-'));
  file = join(folder, 'public.json');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a file of public keys to seal to', () => {
  it('is read again when its keys are not known any more', async () => {
    const [old, young] = [await createSealKey(), await createSealKey()];
    await writeFile(file, JSON.stringify([publicHalf(old)]));
    const keys = await readSealTo(file);
    if (keys === 'describe') throw new Error('a file was named');
    const box = createSealBox([old]);
    const send: SendSealed = async (message) => {
      const opened = await box.open(Uint8Array.from(message));
      return opened.sealAnswer(opened.content);
    };
    const sealer = createSealer({ keys });
    expect(await sealer.exchange(CONTENT, send)).toEqual(CONTENT);
    await box.replaceKeys([young]);
    await expect(sealer.exchange(CONTENT, send)).rejects.toMatchObject({
      code: 'SEAL_KEY_UNKNOWN',
    });
    await writeFile(file, JSON.stringify([publicHalf(young)]));
    expect(await sealer.exchange(CONTENT, send)).toEqual(CONTENT);
  });

  it('is refused at once when it is none', async () => {
    await writeFile(file, '{}');
    await expect(readSealTo(file)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    const none = readSealTo(join(folder, 'none.json'));
    await expect(none).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});
