import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findModelCard, importModel, listStoredModels, removeModel } from '@diorama/runtime';
import { describe, expect, test } from 'vitest';
import { importable, newFolder } from './import-file.ts';
import { answered, inspected } from './import-inspection.ts';
import { filesOf, refusalOf } from './pull-card.ts';

describe('a model that is there already', () => {
  test('is left as it is when it is the same file', async () => {
    const folder = await newFolder();
    const path = importable('flat');
    await importModel(path, await answered('flat', { id: 'mine' }), { folder });
    const again = await importModel(path, { title: 'Other' }, { folder });
    expect(again).toMatchObject({ wasThere: true, card: { id: 'mine', title: 'flat: matte' } });

    const { card } = await importModel(path, await answered('flat', { id: 'two' }), { folder });
    expect(card.id).toBe('two');
  });

  test('makes way when that is asked for, and else does not', async () => {
    const folder = await newFolder();
    const own = { id: 'mine' };
    const first = await importModel(await inspected('flat'), await answered('flat', own), {
      folder,
    });
    const answers = await answered('multiple-32', own);
    const path = importable('multiple-32');
    expect(await refusalOf(importModel(path, answers, { folder }))).toMatch(
      /^REQUEST_INVALID There is another model mine already; --replace/,
    );
    expect(await findModelCard('mine', folder)).toEqual(first.card);

    const { card } = await importModel(path, answers, { folder, isReplacing: true });
    expect(await findModelCard('mine', folder)).toEqual(card);
    expect(await filesOf(folder, 'mine')).toEqual([`${card.sha256}.onnx`, 'card.json'].sort());
  });

  test('has its card written anew when that is asked for', async () => {
    const folder = await newFolder();
    const path = importable('flat');
    await importModel(path, await answered('flat'), { folder });
    const other = await answered('flat', { title: 'Other' });
    const { card, wasThere } = await importModel(path, other, { folder, isReplacing: true });
    expect([wasThere, card.title]).toEqual([false, 'Other']);
    expect(await findModelCard('flat', folder)).toEqual(card);
  });

  test('and is damaged is mended', async () => {
    const folder = await newFolder();
    const path = importable('flat');
    const answers = await answered('flat');
    const { card } = await importModel(path, answers, { folder });
    const file = join(folder, 'flat', `${card.sha256}.onnx`);
    await writeFile(file, Buffer.alloc(card.bytes));
    expect((await importModel(path, answers, { folder })).wasThere).toBe(false);
    expect(Buffer.compare(await readFile(file), await readFile(path))).toBe(0);
    await removeModel('flat', folder);
    expect((await listStoredModels(folder)).cards).toEqual([]);
  });
});
