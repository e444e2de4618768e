import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { needsAcceptance } from '@diorama/contract';
import {
  DEFAULT_MODEL_ID,
  defaultModelsFolder,
  findCatalogueCard,
  findModelCard,
  listCatalogue,
  listModelCards,
  listStoredModels,
  loadModelFile,
  parseCatalogueCardText,
  pullCommandOf,
  pullModel,
  removeModel,
  verifyModels,
} from '@diorama/runtime';
import { describe, expect, test } from 'vitest';
import { cardOfFile, filesOf, modelsFolder, refusalOf } from './pull-card.ts';
import { newBytes, sha256Of } from './pull-server.ts';

const bytes = newBytes(5000);

/** A models folder with models of these ids in it. */
async function stocked(...ids: string[]): Promise<string> {
  const folder = await modelsFolder();
  const file = join(folder, 'own.onnx');
  await writeFile(file, bytes);
  for (const id of ids) await pullModel(cardOfFile(bytes, { id }), { folder, file });
  await rm(file);
  return folder;
}

test('the models folder is what one chose, else the system keeps such data there', () => {
  expect(defaultModelsFolder({ DIORAMA_MODELS: '/models', XDG_DATA_HOME: '/x' })).toBe('/models');
  if (process.platform !== 'linux') return;
  expect(defaultModelsFolder({ XDG_DATA_HOME: '/data' })).toBe('/data/diorama/models');
  const own = join(homedir(), '.local/share/diorama/models');
  for (const settings of [{}, { XDG_DATA_HOME: 'relative' }, { DIORAMA_MODELS: '' }]) {
    expect(defaultModelsFolder(settings)).toBe(own);
  }
  expect(defaultModelsFolder()).toBe(own);
});

describe('the list of models that are here', () => {
  test('has the embedded ones first, then the pulled ones', async () => {
    const folder = await stocked('b', 'a');
    const ids = (await listModelCards(folder)).map(({ id }) => id);
    expect(ids).toEqual([DEFAULT_MODEL_ID, 'a', 'b']);
  });

  test('needs no folder', async () => {
    const folder = join(await modelsFolder(), 'none');
    expect((await listModelCards(folder)).map(({ id }) => id)).toEqual([DEFAULT_MODEL_ID]);
  });

  test('goes with the folder when that is moved', async () => {
    const folder = await stocked('a');
    const moved = join(await modelsFolder(), 'moved');
    await rename(folder, moved);
    await mkdir(folder);
    expect(await loadModelFile(await findModelCard('a', moved))).toHaveLength(bytes.byteLength);
  });

  test('is not broken by a model that is damaged', async () => {
    const folder = await stocked('a', 'b', 'c', 'd', 'e', 'f');
    const cardOf = (id: string) => join(folder, id, 'card.json');
    const whole = await readFile(cardOf('b'), 'utf8');
    await writeFile(cardOf('a'), '{');
    await writeFile(cardOf('b'), whole.replace('"b"', '"other"'));
    await writeFile(join(folder, 'c', `${sha256Of(bytes)}.onnx`), 'short');
    await rm(join(folder, 'd', `${sha256Of(bytes)}.onnx`));
    const elsewhere = whole.replace(`"${sha256Of(bytes)}.onnx"`, '"/etc/passwd"');
    await writeFile(cardOf('f'), elsewhere.replace('"b"', '"f"'));
    await mkdir(join(folder, 'unfinished'));
    await writeFile(join(folder, 'notes.txt'), 'mine');

    const { cards, damaged } = await listStoredModels(folder);

    expect(cards.map(({ id }) => id)).toEqual(['e']);
    expect(damaged.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'f']);
    for (const { problem } of damaged) expect(problem.code).toBe('MODEL_CORRUPT');
    expect(await refusalOf(findModelCard('a', folder))).toMatch(/^MODEL_CORRUPT .*its card/);
  });
});

describe('a model that is not here', () => {
  test('is said with the command that fetches it', async () => {
    const folder = await modelsFolder();
    for (const card of await listCatalogue()) {
      const refusal = await refusalOf(findModelCard(card.id, folder));
      expect(refusal).toMatch(/^MODEL_MISSING /);
      expect(refusal.endsWith(pullCommandOf(card))).toBe(true);
      const licence = card.sources[0]?.licence ?? card.licence;
      expect(refusal.includes('--accept')).toBe(needsAcceptance(licence));
    }
  });

  test('and is not known is said with those that are', async () => {
    const folder = await stocked('own-model');
    const refusal = await refusalOf(findModelCard('none', folder));
    expect(refusal).toMatch(/^MODEL_UNKNOWN .*diorama-s.*own-model.*isnet-general/);
    expect(await refusalOf(findCatalogueCard('none'))).toMatch(/^MODEL_UNKNOWN .*isnet-general/);
    expect(await refusalOf(findModelCard('../own-model', folder))).toMatch(/^MODEL_UNKNOWN/);
  });
});

test('the card of a model of one own is read, or said to be wrong in one line', () => {
  const text = JSON.stringify(cardOfFile(bytes));
  expect(parseCatalogueCardText(text, 'own').id).toBe('tiny');
  expect(() => parseCatalogueCardText('{', 'own')).toThrow('own is not JSON');
  expect(() => parseCatalogueCardText(text.replace('"tiny"', '"../tiny"'), 'own')).toThrow(
    /own is not valid. id: /,
  );
});

test('verifying hashes the files anew', async () => {
  const folder = await stocked('a', 'b', 'c');
  const damaged = Uint8Array.from(bytes);
  damaged[7] = (damaged[7] ?? 0) ^ 1;
  await writeFile(join(folder, 'b', `${sha256Of(bytes)}.onnx`), damaged);
  await writeFile(join(folder, 'c', 'card.json'), '{');

  const all = await verifyModels([], folder);
  const two = await verifyModels(['c', 'a'], folder);

  const seen = (models: typeof all) => models.map(({ id, problem }) => [id, problem?.code]);
  expect(seen(all)).toEqual([
    [DEFAULT_MODEL_ID, undefined],
    ['a', undefined],
    ['b', 'MODEL_CORRUPT'],
    ['c', 'MODEL_CORRUPT'],
  ]);
  expect(seen(two)).toEqual([
    ['a', undefined],
    ['c', 'MODEL_CORRUPT'],
  ]);
  expect(await refusalOf(verifyModels(['none'], folder))).toMatch(/^MODEL_UNKNOWN/);
  const stop = AbortSignal.abort();
  expect(await refusalOf(verifyModels([], folder, stop))).toMatch(/^CANCELLED/);
});

describe('removing a model', () => {
  test('takes its files and what interrupted pulls left, and nothing else', async () => {
    const folder = await stocked('a', 'b', 'c');
    await writeFile(join(folder, 'a/.part-0123456789ab'), 'half');
    await writeFile(join(folder, 'b/card.json'), '{');
    await writeFile(join(folder, 'c/notes.txt'), 'mine');

    for (const id of ['a', 'b', 'c']) await removeModel(id, folder);

    expect(await readdir(folder)).toEqual(['c']);
    expect(await filesOf(folder, 'c')).toEqual(['notes.txt']);
  });

  test('that is not here, or stays, is refused', async () => {
    const folder = await stocked('a');
    expect(await refusalOf(removeModel('diorama-s', folder))).toMatch(/^REQUEST_INVALID .*stays/);
    expect(await refusalOf(removeModel('isnet-general', folder))).toMatch(/^MODEL_MISSING/);
    for (const id of ['none', '..', '../a', '']) {
      expect(await refusalOf(removeModel(id, folder))).toMatch(/^MODEL_UNKNOWN/);
    }
    expect(await readdir(folder)).toEqual(['a']);
  });
});

test('a model that comes with Diorama is not pulled over', async () => {
  const card = cardOfFile(bytes, { id: DEFAULT_MODEL_ID });
  expect(await refusalOf(pullModel(card, { folder: await modelsFolder() }))).toMatch(
    /^REQUEST_INVALID .*comes with Diorama/,
  );
});
