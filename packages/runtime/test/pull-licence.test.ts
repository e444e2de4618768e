import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueCard } from '@diorama/contract';
import { pullModel } from '@diorama/runtime';
import { expect, test } from 'vitest';
import { cardOfFile, fetchableCard, filesOf, modelsFolder, refusalOf, SHORT } from './pull-card.ts';
import { newBytes, sendFile, serveFiles, sha256Of } from './pull-server.ts';

const bytes = newBytes(5000);
const bound: CatalogueCard['licence'] = {
  spdx: 'CC-BY-NC-4.0',
  commercialUse: false,
  terms: 'For research alone.',
};

test('weights with conditions are fetched only by who accepts their licence by its name', async () => {
  const folder = await modelsFolder();
  const server = await serveFiles((request, response) => sendFile(request, response, bytes));
  const card = cardOfFile(bytes, { licence: bound });
  const options = { folder, mirror: server.base, times: SHORT };

  for (const accept of [undefined, [], ['CC-BY-NC'], ['cc-by-nc-4.0'], ['MIT', '*']]) {
    expect(await refusalOf(pullModel(card, { ...options, accept }))).toBe(
      'LICENCE_NOT_ACCEPTED tiny from this source is under CC-BY-NC-4.0: no commercial use. For research alone. ' +
        `If you accept that: diorama models pull tiny --mirror ${server.base}/ --accept CC-BY-NC-4.0`,
    );
  }
  expect(server.requests).toEqual([]);
  expect(await filesOf(folder)).toEqual([]);

  const pulled = await pullModel(card, { ...options, accept: ['MIT', 'CC-BY-NC-4.0'] });
  expect(pulled.card.acceptedLicence).toBe('CC-BY-NC-4.0');
  // Accepted is accepted, for as long as the model is here.
  expect((await pullModel(card, options)).wasThere).toBe(true);
});

test('the licence that counts is the one of the very source', async () => {
  const file = join(await modelsFolder(), 'model.onnx');
  await writeFile(file, bytes);
  const facts = { bytes: bytes.byteLength, sha256: sha256Of(bytes) };
  const card = fetchableCard({
    sources: [
      { kind: 'https', url: 'https://models.invalid/tiny.onnx', ...facts },
      {
        kind: 'package',
        name: '@some/package',
        version: '1.0.0',
        index: 'index.json',
        entry: '/model',
        ...facts,
        licence: { spdx: 'AGPL-3.0', commercialUse: true, copyleft: true, terms: 'Copyleft.' },
        input: { name: 'other', mean: [0.5, 0.5, 0.5] },
        outputs: [{ name: 'logits', meaning: 'alpha-logits' }],
      },
    ],
  });

  const free = await pullModel(card, { folder: await modelsFolder(), file });
  expect(free.card).toMatchObject({ licence: { spdx: 'MIT' }, input: { name: 'image' } });
  expect(free.card.acceptedLicence).toBeUndefined();

  const folder = await modelsFolder();
  expect(await refusalOf(pullModel(card, { folder, file, from: 'package' }))).toMatch(
    /^LICENCE_NOT_ACCEPTED .*same terms.* --from package --file .* --accept AGPL-3.0$/,
  );
  const bound = await pullModel(card, { folder, file, from: 'package', accept: ['AGPL-3.0'] });
  expect(bound.card).toMatchObject({
    licence: { spdx: 'AGPL-3.0' },
    acceptedLicence: 'AGPL-3.0',
    input: { name: 'other', mean: [0.5, 0.5, 0.5], std: [1, 1, 1] },
    outputs: [{ name: 'logits', meaning: 'alpha-logits' }],
    sources: [{ kind: 'file' }, { kind: 'package', name: '@some/package', version: '1.0.0' }],
  });

  const server = await serveFiles((request, response) => sendFile(request, response, bytes));
  const mirrored = { folder: await modelsFolder(), mirror: server.base, times: SHORT };
  expect((await pullModel(card, mirrored)).card.input.name).toBe('image');
  const accept = ['AGPL-3.0'];
  const other = await pullModel(card, { ...mirrored, from: 'package', accept });
  // The same file by other terms: nothing is fetched, and the card says the other terms.
  expect([other.wasThere, other.card]).toMatchObject([true, { acceptedLicence: 'AGPL-3.0' }]);
  expect(server.requests).toHaveLength(1);
});

test('a card whose terms or input have changed is written anew, without fetching the file', async () => {
  const folder = await modelsFolder();
  const server = await serveFiles((request, response) => sendFile(request, response, bytes));
  const options = { folder, mirror: server.base, times: SHORT };
  await pullModel(cardOfFile(bytes), options);
  const corrected = cardOfFile(bytes, { title: 'Tiny, corrected' });

  const again = await pullModel(corrected, options);
  const stricter = cardOfFile(bytes, { licence: bound });

  expect([again.wasThere, again.card.title]).toEqual([true, 'Tiny, corrected']);
  expect(await readFile(join(folder, 'tiny/card.json'), 'utf8')).toContain('Tiny, corrected');
  expect(await refusalOf(pullModel(stricter, options))).toMatch(/^LICENCE_NOT_ACCEPTED/);
  expect(server.requests).toHaveLength(1);
});

test('a file of one own is copied, and has to be the one that was meant', async () => {
  const folder = await modelsFolder();
  const here = await modelsFolder();
  const file = join(here, 'own.onnx');
  await writeFile(file, bytes);
  const card = cardOfFile(bytes);

  const wrong = join(here, 'wrong.onnx');
  await writeFile(wrong, newBytes(5000));
  expect(await refusalOf(pullModel(card, { folder, file: wrong }))).toMatch(/^MODEL_CORRUPT/);
  await mkdir(join(here, 'folder'));
  for (const name of ['folder', 'none']) {
    const refusal = await refusalOf(pullModel(card, { folder, file: join(here, name) }));
    expect(refusal).toBe(`INPUT_NOT_FOUND ${name} is no file that can be read`);
  }
  expect(await filesOf(folder)).toEqual([]);

  const pulled = await pullModel(card, { folder, file });
  expect(pulled.wasThere).toBe(false);
  expect(Buffer.compare(await readFile(file), bytes)).toBe(0);
  expect(await filesOf(folder)).toHaveLength(2);
});

test('a file that belongs to another source of the model is told so', async () => {
  const file = join(await modelsFolder(), 'model.onnx');
  await writeFile(file, bytes);
  const other = newBytes(5000);
  const card = fetchableCard({
    sources: [
      { kind: 'https', url: 'https://models.invalid/tiny.onnx', sha256: sha256Of(other) },
      {
        kind: 'package',
        name: 'package',
        version: '1.0.0',
        index: 'index.json',
        entry: '/model',
        sha256: sha256Of(bytes),
      },
    ],
  });

  const refusal = await refusalOf(pullModel(card, { folder: await modelsFolder(), file }));

  expect(refusal).toMatch(/^MODEL_CORRUPT .*another source: add --from package$/);
});

test('a model without a published file says how one gets it, and takes a file that was made', async () => {
  const folder = await modelsFolder();
  const file = join(await modelsFolder(), 'made.onnx');
  await writeFile(file, bytes);
  const card = fetchableCard({ checkpoint: { url: 'somewhere', how: 'Convert it.' } });

  expect(await refusalOf(pullModel(card, { folder }))).toMatch(
    /^MODEL_MISSING .*diorama models pull tiny --file FILE$/,
  );
  expect(await refusalOf(pullModel(card, { folder, from: 'https' }))).toMatch(/^MODEL_MISSING/);
  const pulled = await pullModel(card, { folder, file });
  expect([pulled.pinned, pulled.card.sources.length]).toEqual(['first-seen', 1]);
  expect((await pullModel(card, { folder, file })).wasThere).toBe(true);
});

test('a source that the card has not is refused with those that it has', async () => {
  const refusal = await refusalOf(pullModel(cardOfFile(bytes), { from: 'package' }));

  expect(refusal).toBe('REQUEST_INVALID tiny has no source of the kind package; it has https.');
});
