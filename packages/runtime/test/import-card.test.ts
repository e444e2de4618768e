import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { importModel, importWithCard } from '@diorama/runtime';
import { describe, expect, test } from 'vitest';
import { importable, newFolder } from './import-file.ts';
import { answered } from './import-inspection.ts';
import { refusalOf } from './pull-card.ts';

describe("a card of one's own", () => {
  async function cardFile(changes: object = {}): Promise<string> {
    const path = join(await newFolder(), 'own.card.json');
    const answers = await answered('fixed-64x48', { id: 'mine' });
    const options = { folder: await newFolder(), isDryRun: true };
    const { card } = await importModel(importable('fixed-64x48'), answers, options);
    const { sha256: _, bytes: __, sources: ___, goodFor: ____, ...said } = card;
    await writeFile(path, JSON.stringify({ ...said, version: '7', ...changes }));
    return path;
  }

  test('is taken as it is, with what the file tells filled in', async () => {
    const folder = await newFolder();
    const outputs = [{ name: 'matte', meaning: 'alpha', stretch: true }];
    const card = await cardFile({ outputs });
    const imported = await importWithCard(importable('fixed-64x48'), card, { folder });
    expect(imported.card).toMatchObject({ id: 'mine', outputs, bytes: 194 });
    expect(imported.card.version).toBe(`7+${imported.card.sha256.slice(0, 8)}`);
    const again = await importWithCard(importable('fixed-64x48'), card, { folder });
    expect(again.wasThere).toBe(true);
  });

  test.each([
    ['another file', { sha256: 'f'.repeat(64) }, /^MODEL_CORRUPT .* is about another file/],
    ['an output that is not there', { outputs: [{ name: 'x', meaning: 'alpha' }] }, /^MODEL_CORR/],
    ['no task', { tasks: [] }, /^CONFIG_INVALID Model card own\.card\.json is not valid/],
    ['an id of the catalogue', { id: 'modnet' }, /^REQUEST_INVALID /],
  ])('is refused with %s', async (_, changes, pattern) => {
    const folder = await newFolder();
    const card = await cardFile(changes);
    const imported = importWithCard(importable('fixed-64x48'), card, { folder });
    expect(await refusalOf(imported)).toMatch(pattern);
    expect(await readdir(folder)).toEqual([]);
  });
});
