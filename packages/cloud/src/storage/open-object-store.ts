import { isDioramaError } from '@diorama/core';
import type { Bucket, File, FileMetadata } from '@google-cloud/storage';
import { type ByteRange, type ReadTimes, readObject } from './read-object.ts';
import type { StorageAddress } from './storage-address.ts';
import { whileWanted } from './while-wanted.ts';
import { writeObject } from './write-object.ts';

/** An object of Cloud Storage, as it was when it was looked at. */
export interface StoredObject extends StorageAddress {
  readonly bytes: number;
  /** Changes with each writing. */
  readonly generation: string;
}

/** What Diorama does with Cloud Storage. Whatever it cannot do is one line of a DioramaError; see `storageFailure`. */
export interface ObjectStore {
  /** All objects whose names begin with the path, in the order of their names. */
  list(address: StorageAddress, signal: AbortSignal): AsyncIterable<StoredObject>;
  /** Undefined where there is none. */
  find(address: StorageAddress, signal: AbortSignal): Promise<StoredObject | undefined>;
  /** The bytes of that very writing of an object, after cuts from where they stopped. */
  read(object: StoredObject, range: Partial<ByteRange>, signal: AbortSignal): AsyncIterable<Buffer>;
  /** Writes an object, all or nothing; an older one is replaced unless somebody else did so meanwhile. */
  write(
    address: StorageAddress,
    pieces: AsyncIterable<Uint8Array>,
    options: { readonly contentType: string },
    signal: AbortSignal,
  ): Promise<void>;
}

export interface ObjectStoreOptions extends Partial<ReadTimes> {
  /** Where Cloud Storage is asked, by STORAGE_EMULATOR_HOST or Google's own address by default. */
  readonly apiEndpoint?: string;
  /** For one request that is no stream, its tries together. */
  readonly timeoutMs?: number;
  /** An upload that takes no more for so long is given up. */
  readonly stallMs?: number;
}

const TIMEOUT_MS = 60_000;
const IDLE_MS = 20_000;
const PAUSE_MS = 500;
/** A slow line takes a minute for a piece. */
const STALL_MS = 300_000;

/** Opens Cloud Storage with application default credentials. Google's library is loaded only now. */
export async function openObjectStore(options: ObjectStoreOptions = {}): Promise<ObjectStore> {
  const { timeoutMs = TIMEOUT_MS, stallMs = STALL_MS, apiEndpoint } = options;
  const { idleMs = IDLE_MS, pauseMs = PAUSE_MS } = options;
  const { Storage } = await import('@google-cloud/storage');
  const storage = new Storage({
    ...(apiEndpoint === undefined ? {} : { apiEndpoint }),
    timeout: timeoutMs,
    retryOptions: { autoRetry: true, totalTimeout: timeoutMs / 1000, maxRetries: 5 },
  });
  const fileOf = ({ bucket, path }: StorageAddress, generation?: string): File =>
    storage.bucket(bucket).file(path, generation === undefined ? {} : { generation });

  async function find(
    address: StorageAddress,
    signal: AbortSignal,
  ): Promise<StoredObject | undefined> {
    try {
      const [metadata] = await whileWanted(fileOf(address).getMetadata(), timeoutMs, signal);
      return described(address, metadata);
    } catch (error) {
      if (isDioramaError(error) && error.code === 'INPUT_NOT_FOUND') return undefined;
      throw error;
    }
  }

  return {
    find,
    async *list({ bucket, path }, signal) {
      for await (const page of pagesOf(storage.bucket(bucket), path, timeoutMs, signal)) {
        for (const { name, metadata } of page) yield described({ bucket, path: name }, metadata);
      }
    },
    read(object, { fromByte = 0, toByte = object.bytes }, signal) {
      const file = fileOf(object, object.generation);
      return readObject(file, { fromByte, toByte }, { idleMs, pauseMs }, signal);
    },
    async write(address, pieces, { contentType }, signal) {
      const ifGenerationMatch = (await find(address, signal))?.generation ?? 0;
      const options = { contentType, ifGenerationMatch, stallMs };
      await writeObject(fileOf(address), pieces, options, signal);
    },
  };
}

/** The library asks for each page by itself, and retries it. */
async function* pagesOf(
  bucket: Bucket,
  prefix: string,
  timeoutMs: number,
  signal: AbortSignal,
): AsyncGenerator<readonly File[]> {
  let query: object | null = { prefix, maxResults: 1000, autoPaginate: false };
  while (query) {
    const [files, next] = (await whileWanted(bucket.getFiles(query), timeoutMs, signal)) as [
      File[],
      object | null,
      unknown,
    ]; // the third is the answer itself
    yield files;
    query = next;
  }
}

function described(address: StorageAddress, { size, generation }: FileMetadata): StoredObject {
  return { ...address, bytes: Number(size ?? 0), generation: String(generation ?? '') };
}
