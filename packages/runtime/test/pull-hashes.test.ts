import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findModelCard, pullModel } from '@diorama/runtime';
import { expect, test } from 'vitest';
import { cardOfFile, fetchableCard, modelsFolder, refusalOf, SHORT } from './pull-card.ts';
import { newBytes, sendFile, serveFiles, sha256Of } from './pull-server.ts';

const bytes = newBytes();
const card = cardOfFile(bytes);

test('where nobody published a hash, the first one seen is kept to', async () => {
  const folder = await modelsFolder();
  const unknown = fetchableCard({
    sources: [{ kind: 'https', url: 'https://models.invalid/tiny.onnx' }],
  });
  let now = bytes;
  const server = await serveFiles((request, response) => sendFile(request, response, now));
  const options = { folder, mirror: server.base, times: SHORT };

  const first = await pullModel(unknown, options);
  expect([first.pinned, first.card.sha256]).toEqual(['first-seen', sha256Of(bytes)]);
  // Nobody knows whether the mirror holds what the source does.
  expect(first.card.sources.map(({ kind }) => kind)).toEqual(['file']);

  // The stored file is damaged, and the server has another one by now.
  await writeFile(join(folder, 'tiny', `${sha256Of(bytes)}.onnx`), 'damaged');
  now = newBytes();
  expect(await refusalOf(pullModel(unknown, options))).toMatch(/^MODEL_CORRUPT .*the first time/);
  now = bytes;
  const healed = await pullModel(unknown, options);
  expect([healed.wasThere, healed.card]).toEqual([false, first.card]);
});

test('what the operator pins is demanded, unless it contradicts what is published', async () => {
  const folder = await modelsFolder();
  const unknown = fetchableCard({
    sources: [{ kind: 'https', url: 'https://models.invalid/tiny.onnx' }],
  });
  const server = await serveFiles((request, response) => sendFile(request, response, bytes));
  const options = { folder, mirror: server.base, times: SHORT };
  const other = sha256Of(new Uint8Array(1));

  expect(await refusalOf(pullModel(card, { ...options, sha256: other }))).toMatch(
    /^REQUEST_INVALID .*published/,
  );
  expect(server.requests).toHaveLength(0);
  expect(await refusalOf(pullModel(unknown, { ...options, sha256: other }))).toMatch(
    /^MODEL_CORRUPT .*given by you/,
  );
  const pulled = await pullModel(unknown, { ...options, sha256: sha256Of(bytes) });
  expect(pulled.pinned).toBe('operator');
});

test('a damaged file is pulled anew', async () => {
  const folder = await modelsFolder();
  const server = await serveFiles((request, response) => sendFile(request, response, bytes));
  const options = { folder, mirror: server.base, times: SHORT };
  const { card: stored } = await pullModel(card, options);
  const path = join(folder, 'tiny', `${stored.sha256}.onnx`);
  const damaged = Uint8Array.from(bytes);
  damaged[1000] = (damaged[1000] ?? 0) ^ 1;
  await writeFile(path, damaged);

  const again = await pullModel(card, options);

  expect(again.wasThere).toBe(false);
  expect(Buffer.compare(await readFile(path), bytes)).toBe(0);
  expect(await findModelCard('tiny', folder)).toEqual(stored);
});
