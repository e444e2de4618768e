import { DioramaError } from '@diorama/core';

/** A place in Cloud Storage: one object, or all those whose names begin with a path. */
export interface StorageAddress {
  readonly bucket: string;
  /** Without a slash at its beginning; empty for all of a bucket. */
  readonly path: string;
}

const SCHEME = 'gs://';
/** Names as Cloud Storage allows them; a bucket of a domain has dots in its name. */
const ADDRESS = /^gs:\/\/([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:\/(.*))?$/s;

/** Whether a text is meant to be an address in Cloud Storage. */
export function isStorageAddress(text: string): boolean {
  return text.startsWith(SCHEME);
}

/** Reads `gs://bucket/path`. @throws DioramaError `REQUEST_INVALID` */
export function readStorageAddress(text: string): StorageAddress {
  const found = ADDRESS.exec(text);
  if (found?.[1] !== undefined) return { bucket: found[1], path: found[2] ?? '' };
  throw new DioramaError('REQUEST_INVALID', 'An address in Cloud Storage is gs://bucket/path.');
}

/** The same as text. */
export function writeStorageAddress({ bucket, path }: StorageAddress): string {
  return `${SCHEME}${bucket}/${path}`;
}
