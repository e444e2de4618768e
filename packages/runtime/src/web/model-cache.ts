import type { ModelCard } from '@diorama/contract';

/** A model whose file this browser keeps for this origin. */
export interface CachedModel {
  readonly id: string;
  readonly sha256: string;
  /** Size of the file. */
  readonly bytes: number;
}

/*
 * Cache Storage and not the origin-private file system: an entry appears whole or not at all, however many tabs write it,
 * while a file has no rename in every browser and its fast handle shuts out every other tab.
 */
const CACHE_NAME = 'diorama-models';
/** No host has such a name, so that no request of a page can ever be answered with an entry. */
const ADDRESS = 'https://diorama.invalid/models/';
const HASH = /^[0-9a-f]{64}$/;
const ID_HEADER = 'x-model-id';
const BYTES_HEADER = 'x-model-bytes';
const PIECE_BYTES = 2 ** 20;

/** The kept file of this hash as a body that is not checked yet, if there is one. */
export async function findCached(sha256: string): Promise<ReadableStream<Uint8Array> | undefined> {
  const cache = await openCache();
  const response = await cache?.match(ADDRESS + sha256).catch(() => undefined);
  return response?.body ?? undefined;
}

/** Keeps a file that was checked. Never fails: a store that is full, or refused, keeps nothing. */
export async function keepCached({ id, sha256 }: ModelCard, bytes: Uint8Array): Promise<void> {
  try {
    const headers = { [ID_HEADER]: id, [BYTES_HEADER]: String(bytes.length) };
    const cache = await globalThis.caches.open(CACHE_NAME);
    await cache.put(ADDRESS + sha256, new Response(inPieces(bytes), { headers }));
  } catch {
    // What was there under this hash stays, and is checked when it is read.
  }
}

/**
 * The models that this browser keeps for this origin, whoever allowed it. None where it keeps nothing, or refuses to say.
 */
export async function listCachedModels(): Promise<readonly CachedModel[]> {
  const cache = await openCache();
  const requests = (await cache?.keys().catch(() => undefined)) ?? [];
  const found = await Promise.all(
    requests.map(async ({ url }): Promise<CachedModel[]> => {
      const response = await cache?.match(url).catch(() => undefined);
      const sha256 = url.slice(ADDRESS.length);
      const id = response?.headers.get(ID_HEADER);
      const bytes = Number(response?.headers.get(BYTES_HEADER));
      return id && HASH.test(sha256) ? [{ id, sha256, bytes }] : [];
    }),
  );
  return found.flat();
}

/** Removes the kept file of this hash, or all of them when none is named. What is not there counts as removed. */
export async function removeCachedModels(sha256?: string): Promise<void> {
  const cache = await openCache();
  if (!cache) return;
  if (sha256 !== undefined) await cache.delete(ADDRESS + sha256).catch(() => false);
  const left = sha256 === undefined ? [] : await cache.keys().catch(() => [undefined]);
  if (left.length === 0) await globalThis.caches.delete(CACHE_NAME).catch(() => false);
}

/** The store if there is one. Looking makes none: opening it by name would. */
async function openCache(): Promise<Cache | undefined> {
  try {
    // Absent in pages that came neither by https nor from localhost; refused where a person blocks storage.
    const { caches } = globalThis;
    return (await caches.has(CACHE_NAME)) ? await caches.open(CACHE_NAME) : undefined;
  } catch {
    return undefined;
  }
}

/** The same bytes as a body that is written piece by piece, instead of a second copy of all of them. */
function inPieces(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(bytes.subarray(at, at + PIECE_BYTES));
      at += PIECE_BYTES;
      if (at >= bytes.length) controller.close();
    },
  });
}
