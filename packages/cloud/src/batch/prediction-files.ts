import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DioramaError } from '@diorama/core';
import { errorOfAbort, systemCodeOf } from '@diorama/runtime';
import { type ObjectStoreOptions, openObjectStore } from '../storage/open-object-store.ts';
import { isStorageAddress, readStorageAddress } from '../storage/storage-address.ts';

/** A file that a batch prediction job wrote. */
export interface PredictionFile {
  /** Without the folders above it. */
  readonly name: string;
  readonly bytes: number;
  read(
    range: { readonly fromByte: number; readonly toByte: number },
    signal: AbortSignal,
  ): AsyncIterable<Buffer>;
}

/**
 * The reference calls them `predictions_0001.jsonl` and `errors_0001.jsonl`; jobs of custom containers were seen to write
 * `prediction.results-00000-of-00001` and `prediction.errors_stats-00000-of-00001`.
 */
const NAMES =
  /^(predictions_\d+|errors_\d+|prediction\.(results|errors_stats)-\d+-of-\d+)(\.jsonl)?$/;

/** Whether a file of this name is one that a job writes. */
export function isPredictionFile(name: string): boolean {
  return NAMES.test(name);
}

/**
 * What jobs wrote below a folder, or below a `gs://` address, in the order of the paths; each job makes a folder of its own.
 * @throws DioramaError `INPUT_NOT_FOUND` where there is nothing, and what the storage throws
 */
export async function findPredictionFiles(
  place: string,
  signal: AbortSignal,
  options: ObjectStoreOptions = {},
): Promise<readonly PredictionFile[]> {
  const files = isStorageAddress(place)
    ? await storedFiles(place, signal, options)
    : await localFiles(place, signal);
  if (files.length > 0) return files;
  throw new DioramaError(
    'INPUT_NOT_FOUND',
    'There are no predictions: a job writes files named predictions_0001.jsonl or prediction.results-00000-of-00001',
  );
}

async function storedFiles(
  place: string,
  signal: AbortSignal,
  options: ObjectStoreOptions,
): Promise<PredictionFile[]> {
  const store = await openObjectStore(options);
  const { bucket, path } = readStorageAddress(place);
  const folder = path === '' || path.endsWith('/') ? path : `${path}/`;
  const files: PredictionFile[] = [];
  for await (const object of store.list({ bucket, path: folder }, signal)) {
    const name = basename(object.path);
    if (!isPredictionFile(name)) continue;
    files.push({ name, bytes: object.bytes, read: (range, own) => store.read(object, range, own) });
  }
  return files;
}

async function localFiles(place: string, signal: AbortSignal): Promise<PredictionFile[]> {
  const files: PredictionFile[] = [];
  for (const path of await pathsBelow(place)) {
    signal.throwIfAborted();
    const name = basename(path);
    if (isPredictionFile(name)) {
      const { size } = await stat(path);
      files.push({ name, bytes: size, read: (range, own) => readLocal(path, range, own) });
    }
  }
  return files;
}

async function pathsBelow(place: string): Promise<string[]> {
  try {
    const entries = await readdir(place, { withFileTypes: true, recursive: true });
    const files = entries.filter((entry) => entry.isFile());
    return files.map((entry) => join(entry.parentPath, entry.name)).sort();
  } catch (error) {
    throw unreadable(error);
  }
}

async function* readLocal(
  path: string,
  { fromByte, toByte }: { readonly fromByte: number; readonly toByte: number },
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  if (toByte <= fromByte) return;
  try {
    const stream = createReadStream(path, { start: fromByte, end: toByte - 1, signal });
    for await (const piece of stream) yield piece as Buffer; // the stream has no encoding
  } catch (error) {
    throw signal.aborted ? errorOfAbort(signal) : unreadable(error);
  }
}

function unreadable(error: unknown): DioramaError {
  const code = systemCodeOf(error);
  const why =
    code === 'ENOENT' || code === 'ENOTDIR'
      ? 'there is no such folder'
      : (code ?? 'unknown reason');
  return new DioramaError('INPUT_NOT_FOUND', `The predictions cannot be read: ${why}`, {
    cause: error,
  });
}
