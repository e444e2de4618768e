import { readFile } from 'node:fs/promises';
import { createDiorama } from '@diorama/engine';
import { readSealKeys } from '@diorama/sealed';
import { createSealedClient } from '@diorama/sealed/caller';
import { addSealKey, createKey, retireSealKey } from '@diorama/server';
import { describe, expect, it } from 'vitest';
import { arrayOf, DEADLINE_MS, listen, modelPicture, newSealFile } from './sealed-stage.ts';

const picture = arrayOf(modelPicture());

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 100));
}

describe('a server with seal keys of its own', { timeout: DEADLINE_MS }, () => {
  it('opens sealed pictures, and answers and refuses them sealed', async () => {
    const diorama = await createDiorama();
    const { origin } = await listen(diorama, { DIORAMA_SEAL_KEYS: await newSealFile() });
    const client = createSealedClient({ baseUrl: origin });
    const { document } = await client.predict(picture, { tasks: ['matte'] });
    expect(document.planes).toEqual({ matte: { bitDepth: 8, scale: 1, shift: 0 } });

    const refused = [
      client.predict({ type: 'image/png', bytes: new Uint8Array([1, 2, 3]) }),
      client.predict({ type: 'text/html', bytes: new Uint8Array([1, 2, 3]) }),
      client.predict({ ...picture, bytes: picture.bytes.slice(0, 50_000) }),
      client.predict(picture, { maxBytes: 20_000 }),
    ];
    const codes = (await Promise.allSettled(refused)).map((one) =>
      one.status === 'rejected' ? one.reason.code : 'answered',
    );
    expect(codes).toEqual([
      'PHOTO_TYPE_UNSUPPORTED',
      'PHOTO_TYPE_UNSUPPORTED',
      'PHOTO_TRUNCATED',
      'ANSWER_TOO_LARGE',
    ]);
  });

  it('goes over to new keys while it runs, and so do its callers', async () => {
    const file = await newSealFile();
    const { origin } = await listen(await createDiorama(), { DIORAMA_SEAL_KEYS: file });
    const client = createSealedClient({ baseUrl: origin });
    const pinned = readSealKeys(await readFile(file, 'utf8'));
    const strict = createSealedClient({ baseUrl: origin, keys: pinned });
    await Promise.all([client.predict(picture), strict.predict(picture)]);

    await addSealKey(file, { id: 'second' });
    await retireSealKey(file, 'first', Date.now());
    await until(async () => {
      const answer = await fetch(new URL('/v1/seal-keys', origin));
      return !(await answer.text()).includes('first');
    });
    await client.predict(picture);
    await expect(strict.predict(picture)).rejects.toMatchObject({ code: 'SEAL_KEY_UNKNOWN' });
  });

  it('charges sealed pictures to the key of their caller, too', async () => {
    const file = await newSealFile();
    const keysFile = `${file}.keys`;
    const apiKey = await createKey(keysFile, { id: 'app', photosPerMonth: 1 });
    const env = { DIORAMA_SEAL_KEYS: file, DIORAMA_KEYS: keysFile };
    const { origin } = await listen(await createDiorama(), env);
    const nobody = createSealedClient({ baseUrl: origin });
    await expect(nobody.predict(picture)).rejects.toMatchObject({ code: 'KEY_REQUIRED' });
    const client = createSealedClient({ baseUrl: origin, apiKey });
    await client.predict(picture);
    await expect(client.predict(picture)).rejects.toMatchObject({ code: 'BUDGET_SPENT' });
  });
});

describe('a server that opens nothing', { timeout: DEADLINE_MS }, () => {
  it('has no keys, and says what is missing', async () => {
    const { origin } = await listen(await createDiorama());
    const answer = await fetch(new URL('/v1/seal-keys', origin));
    expect(await answer.json()).toEqual({ isRequired: false, keys: [] });
    const unknown = { code: 'SEAL_KEY_UNKNOWN' };
    const asking = createSealedClient({ baseUrl: origin });
    await expect(asking.predict(picture)).rejects.toMatchObject(unknown);
    const keys = readSealKeys(await readFile(await newSealFile(), 'utf8'));
    const pinned = createSealedClient({ baseUrl: origin, keys });
    await expect(pinned.predict(picture)).rejects.toMatchObject({
      ...unknown,
      message: expect.stringContaining('no seal keys'),
    });
  });

  it('does not start with a file that holds no keys', async () => {
    const file = await newSealFile();
    await retireSealKey(file, 'first', Date.now());
    const starting = listen(await createDiorama(), { DIORAMA_SEAL_KEYS: file });
    await expect(starting).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});
