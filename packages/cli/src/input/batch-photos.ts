import { stat } from 'node:fs/promises';
import {
  isStorageAddress,
  type ObjectStore,
  openObjectStore,
  readStorageAddress,
  type Stamped,
  type StoredObject,
  writeStorageAddress,
} from '@diorama/cloud';
import { DioramaError, isDioramaError } from '@diorama/core';
import { systemCodeOf } from '@diorama/runtime';
import type { CommandContext } from '../context.ts';
import { findPhotosFor } from '../run/photo-command.ts';
import { tooManyBytes } from './photo-bytes.ts';
import { callsItselfPhoto, type FoundPhoto, type FoundPhotos } from './photo-list.ts';

/** A photo of this machine or of a bucket, with what tells whether it is the one of an earlier run. */
export type BatchPhoto = FoundPhoto & Stamped;

/** The photos that arguments mean, those in Cloud Storage (`gs://bucket/folder`) after those of this machine. */
export async function findBatchPhotos(
  inputs: readonly string[],
  context: CommandContext,
): Promise<FoundPhotos<BatchPhoto>> {
  const stored = inputs.filter(isStorageAddress);
  const local = inputs.filter((input) => !isStorageAddress(input));
  const here = await findPhotosFor(local, context);
  const photos: BatchPhoto[] = [];
  for (const photo of here.photos) {
    context.signal.throwIfAborted();
    photos.push({ ...photo, stamp: await stampOf(photo.path) });
  }
  if (stored.length === 0) return { ...here, photos };
  const there = await findStored(stored, context.signal);
  return {
    photos: [...photos, ...there.photos],
    notPhotos: here.notPhotos + there.notPhotos,
    failures: [...here.failures, ...there.failures],
  };
}

async function stampOf(path: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(path);
    return `${size} ${mtimeMs}`;
  } catch (error) {
    // Reading it will say what is wrong.
    if (systemCodeOf(error)) return '';
    throw error;
  }
}

async function findStored(
  inputs: readonly string[],
  signal: AbortSignal,
): Promise<FoundPhotos<BatchPhoto>> {
  const store = await openObjectStore();
  const photos = new Map<string, BatchPhoto>();
  const failures: { input: string; error: DioramaError }[] = [];
  let notPhotos = 0;
  for (const input of inputs) {
    try {
      const found = await expand(input, store, signal);
      notPhotos += found.notPhotos;
      for (const photo of found.photos) photos.set(photo.path, photo);
    } catch (error) {
      if (signal.aborted || !isDioramaError(error)) throw error;
      failures.push({ input, error });
    }
  }
  return { photos: [...photos.values()], notPhotos, failures };
}

/** One object that is named, or everything below a folder that calls itself a photo: heads are not looked at one by one. */
async function expand(
  input: string,
  store: ObjectStore,
  signal: AbortSignal,
): Promise<{ readonly photos: readonly BatchPhoto[]; readonly notPhotos: number }> {
  const { bucket, path } = readStorageAddress(input);
  const isFolder = path === '' || path.endsWith('/');
  const named = isFolder ? undefined : await store.find({ bucket, path }, signal);
  if (named) return { photos: [photoOf(named, store)], notPhotos: 0 };
  const photos: BatchPhoto[] = [];
  let notPhotos = 0;
  for await (const object of store.list({ bucket, path: isFolder ? path : `${path}/` }, signal)) {
    if (callsItselfPhoto(object.path)) photos.push(photoOf(object, store));
    else if (object.bytes > 0) notPhotos += 1;
  }
  if (photos.length > 0) return { photos, notPhotos };
  throw new DioramaError('INPUT_NOT_FOUND', 'There is no such photo, and no photo below it');
}

function photoOf(object: StoredObject, store: ObjectStore): BatchPhoto {
  const path = writeStorageAddress(object);
  return {
    path,
    shown: path,
    stamp: object.generation,
    read: (maxBytes, signal) => readStored(object, store, maxBytes, signal),
  };
}

async function readStored(
  object: StoredObject,
  store: ObjectStore,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  if (object.bytes > maxBytes) throw tooManyBytes(object.bytes, maxBytes);
  const bytes = new Uint8Array(object.bytes);
  let at = 0;
  for await (const piece of store.read(object, {}, signal)) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
