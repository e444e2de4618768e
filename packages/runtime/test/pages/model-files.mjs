// What the tests ask of a page about models: from where they come, and what the browser keeps of them.
import { listCachedModels, loadModelCards, removeCachedModels } from '@diorama/runtime';

const CACHE = 'diorama-models';

/** Everything that this origin has stored, in any of the ways in which a page can. */
async function stored() {
  const names = await caches.keys();
  const entries = await Promise.all(
    names.map(async (name) => {
      const requests = await (await caches.open(name)).keys();
      return requests.map(({ url }) => `${name} ${url}`);
    }),
  );
  const files = [];
  for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
  const databases = (await indexedDB.databases()).map(({ name }) => name);
  const settings = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
  return { caches: names, entries: entries.flat(), files, databases, settings };
}

export const modelFiles = {
  stored,
  cards: () => loadModelCards('/').catch(({ code, message }) => ({ error: { code, message } })),
  listCached: () => listCachedModels(),
  removeCached: ({ sha256 } = {}) => removeCachedModels(sha256),

  /** Puts other bytes, as many or fewer, where a kept model lies. */
  async damage({ sha256, isCut = false }) {
    const cache = await caches.open(CACHE);
    const [{ url }] = (await cache.keys()).filter((request) => request.url.includes(sha256));
    const kept = await cache.match(url);
    const bytes = new Uint8Array(await kept.arrayBuffer());
    bytes[bytes.length >> 1] ^= 1;
    const body = isCut ? bytes.subarray(1) : bytes;
    await cache.put(url, new Response(body, { headers: kept.headers }));
  },
};
