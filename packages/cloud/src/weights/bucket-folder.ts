import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DioramaError } from '@diorama/core';
import type { ObjectStore, StoredObject } from '../storage/open-object-store.ts';
import type { StorageAddress } from '../storage/storage-address.ts';
import { downloadObject } from './download-object.ts';
import { CARD_FILE, MOST_CARD_BYTES, type WeightsFolder } from './weights-folder.ts';

/** Weights are a few files; a prefix with more than this is not theirs. */
const MOST_OBJECTS = 10_000;

/** A folder of a bucket, as it is now: what changes meanwhile is not mixed with it. */
export async function openBucketFolder(
  store: ObjectStore,
  { bucket, path }: StorageAddress,
  signal: AbortSignal,
): Promise<WeightsFolder> {
  const folder = path === '' || path.endsWith('/') ? path : `${path}/`;
  const objects = new Map<string, StoredObject>();
  for await (const object of store.list({ bucket, path: folder }, signal)) {
    const name = object.path.slice(folder.length);
    if (name.split('/').length <= 2) objects.set(name, object);
    if (objects.size > MOST_OBJECTS) break;
  }
  const objectAt = (name: string): StoredObject => {
    const object = objects.get(name);
    if (object) return object;
    throw new DioramaError('MODEL_MISSING', 'The card at the weights has no file beside it.');
  };
  return {
    cards: async () =>
      [...objects.keys()].filter((name) => name === CARD_FILE || name.endsWith(`/${CARD_FILE}`)),
    readText: async (name) => {
      const object = objectAt(name);
      if (object.bytes > MOST_CARD_BYTES) return '';
      const pieces: Buffer[] = [];
      for await (const piece of store.read(object, {}, signal)) pieces.push(piece);
      return Buffer.concat(pieces).toString('utf8');
    },
    fetch: async (name, card, until) => {
      const object = objectAt(name);
      const own = await mkdtemp(join(tmpdir(), 'diorama-weights-'));
      const close = () => rm(own, { recursive: true, force: true });
      const file = join(own, `${card.sha256}.onnx`);
      try {
        await downloadObject(store, object, { file, card, signal: until });
      } catch (error) {
        await close();
        throw error;
      }
      return { path: file, close };
    },
  };
}
