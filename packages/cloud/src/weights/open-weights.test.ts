import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ModelCard } from '@diorama/contract';
import { type StorageStandIn, startStorageStandIn } from '@diorama/fixtures/google-cloud';
import { listEmbeddedCards } from '@diorama/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenedWeights, openWeights } from './open-weights.ts';

const NEVER = new AbortController().signal;
/** Large enough for several parts. */
const bytes = randomBytes(20 * 2 ** 20);
const sha256 = createHash('sha256').update(bytes).digest('hex');
let server: StorageStandIn;
let card: ModelCard;
let folder: string;
let opened: OpenedWeights | undefined;

beforeEach(async () => {
  server = await startStorageStandIn();
  folder = await mkdtemp(join(tmpdir(), 'diorama-weights-test-'));
  const [embedded] = await listEmbeddedCards();
  if (!embedded) throw new Error('no embedded card');
  const sources = [{ kind: 'file', path: `${sha256}.onnx` } as const];
  card = { ...embedded, id: 'own-model', bytes: bytes.length, sha256, sources };
});

afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function put(path: string, content: Buffer | string): void {
  server.objects.put('weights', path, Buffer.from(content));
}

function putModel(prefix: string, ofCard = card, file = bytes): void {
  put(`${prefix}card.json`, JSON.stringify(ofCard));
  put(`${prefix}${sha256}.onnx`, file);
}

async function open(uri = 'gs://weights/m', options: { model?: string; sha256?: string } = {}) {
  opened = await openWeights(uri, { ...options, signal: NEVER, apiEndpoint: server.origin });
  return opened.card;
}

async function refusal(uri?: string, options?: { model?: string; sha256?: string }) {
  try {
    await open(uri, options);
    return 'none';
  } catch (error) {
    return (error as { code: string }).code; // all that it throws have one
  }
}

async function bytesOf({ sources: [own] }: ModelCard): Promise<Buffer> {
  return readFile(own?.kind === 'file' ? own.path : '');
}

describe('weights in a bucket', () => {
  it('are fetched whole through a cut connection and refusals, and removed at the end', async () => {
    putModel('m/');
    server.cutNextDownload(1_000_000);
    server.failNext(2);
    const found = await open();
    expect(found).toMatchObject({ id: 'own-model', sha256 });
    expect((await bytesOf(found)).equals(bytes)).toBe(true);
    const [own] = found.sources;
    const path = own?.kind === 'file' ? own.path : '';
    await opened?.close();
    await expect(readdir(dirname(path))).rejects.toMatchObject({ code: 'ENOENT' });
  }, 60_000);

  it('may be one of several models, of which one is named', async () => {
    putModel('models/own-model/');
    putModel('models/other/', { ...card, id: 'other' });
    expect(await refusal('gs://weights/models/')).toBe('CONFIG_INVALID');
    expect(await refusal('gs://weights/models', { model: 'third' })).toBe('MODEL_MISSING');
    expect((await open('gs://weights/models', { model: 'other' })).id).toBe('other');
  });

  it('are refused where they are not what their card or their pin says', async () => {
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8((damaged.readUInt8(9_000_000) + 1) % 256, 9_000_000);
    putModel('m/', card, damaged);
    expect(await refusal()).toBe('MODEL_CORRUPT');
    putModel('m/', card, bytes.subarray(1));
    expect(await refusal()).toBe('MODEL_CORRUPT');
    putModel('m/');
    expect(await refusal(undefined, { sha256: '0'.repeat(64) })).toBe('MODEL_CORRUPT');
    expect(await refusal(undefined, { sha256 })).toBe('none');
  });

  it('are refused where there are none, or their card is none or leads elsewhere', async () => {
    expect(await refusal()).toBe('MODEL_MISSING');
    put('m/card.json', '{}');
    expect(await refusal()).toBe('CONFIG_INVALID');
    put('m/card.json', JSON.stringify(card));
    expect(await refusal()).toBe('MODEL_MISSING');
    putModel('m/', { ...card, sources: [{ kind: 'file', path: '../../etc/passwd' }] });
    expect(await refusal()).toBe('CONFIG_INVALID');
  });

  it('are not waited for when nobody wants them any more', async () => {
    putModel('m/');
    const signal = AbortSignal.abort();
    const opening = openWeights('gs://weights/m', { signal, apiEndpoint: server.origin });
    await expect(opening).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('weights in a folder of this machine', () => {
  it.each(['path', 'address'])('are found by its %s, and not copied', async (kind) => {
    await mkdir(join(folder, 'own-model'));
    await writeFile(join(folder, 'own-model', 'card.json'), JSON.stringify(card));
    await writeFile(join(folder, 'own-model', `${sha256}.onnx`), bytes);
    const found = await open(kind === 'path' ? folder : pathToFileURL(folder).href);
    const path = join(folder, 'own-model', `${sha256}.onnx`);
    expect(found.sources[0]).toEqual({ kind: 'file', path });
    await opened?.close();
    expect(await bytesOf(found)).toHaveLength(bytes.length);
  });

  it('are refused where there is no such folder', async () => {
    expect(await refusal(join(folder, 'none'))).toBe('INPUT_NOT_FOUND');
  });
});
