/** Written beside the page when it is built: the files that are loaded when they are needed. */
const LIST = '/chunks.json';

/** Loads them into the browser's own store, one after another and after everything else. Never throws. */
export async function prefetchChunks(): Promise<void> {
  try {
    const list = await fetch(LIST, { priority: 'low' });
    const paths: unknown = list.ok ? await list.json() : [];
    for (const path of Array.isArray(paths) ? paths : []) {
      const answer = await fetch(String(path), { priority: 'low' });
      await answer.arrayBuffer();
    }
  } catch {
    // What is missing is loaded when it is needed, if it can be.
  }
}
