import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import {
  type ObjectStore,
  openObjectStore,
  readStorageAddress,
  type StorageAddress,
  writeStorageAddress,
} from '@diorama/cloud';
import { DioramaError } from '@diorama/core';
import type { CommandContext } from '../context.ts';
import type { LineFile, LineTarget } from './line-target.ts';

/** What waits to be sent, beside the piece that is on its way. */
const WAITING_BYTES = 4 * 1024 * 1024;

/** A folder of a bucket as a place for files of lines. @throws DioramaError `REQUEST_INVALID`, and what the storage throws */
export async function openStoredLines(
  given: string,
  { signal }: Pick<CommandContext, 'signal'>,
): Promise<LineTarget> {
  const { bucket, path } = readStorageAddress(given);
  const at = path.lastIndexOf('/') + 1;
  const [folder, name] = [path.slice(0, at), path.slice(at)];
  if (name === '') {
    throw new DioramaError(
      'REQUEST_INVALID',
      '-o takes a file, such as gs://bucket/requests.jsonl',
    );
  }
  const store = await openObjectStore();
  const addressOf = (file: string) => ({ bucket, path: `${folder}${file}` });
  const finished = new Set<string>();
  const stem = name.replace(/\.[^.]+$/, '');
  for await (const object of store.list(addressOf(stem), signal)) {
    finished.add(object.path.slice(folder.length));
  }
  return {
    name,
    finished,
    shown: (file) => writeStorageAddress(addressOf(file)),
    open: async (file) => openFile(store, addressOf(file), signal),
  };
}

function openFile(store: ObjectStore, address: StorageAddress, signal: AbortSignal): LineFile {
  const lines = new PassThrough({ highWaterMark: WAITING_BYTES });
  // Its failure is told by the upload's.
  lines.on('error', () => undefined);
  const type = { contentType: 'application/jsonl' };
  const upload = store.write(address, lines, type, signal);
  upload.catch(() => undefined);
  return {
    async write(line) {
      if (lines.destroyed) return upload;
      if (!lines.write(line)) await Promise.race([once(lines, 'drain'), upload]);
    },
    async finish() {
      lines.end();
      await upload;
    },
    async discard() {
      lines.destroy(new DioramaError('CANCELLED', 'Not finished'));
      await upload.catch(() => undefined);
    },
  };
}
