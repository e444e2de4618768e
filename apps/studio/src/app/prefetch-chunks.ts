/** Written beside the page when it is built: the files that are loaded when they are needed. */
const LIST = '/chunks.json';

/**
 * Loads them into the browser's own store, one after another and after everything else; whether all of them came. Never
 * throws.
 */
export async function prefetchChunks(): Promise<boolean> {
  try {
    const list = await fetch(LIST, { priority: 'low' });
    const paths: unknown = await list.json();
    if (!Array.isArray(paths)) return false;
    for (const path of paths) {
      const answer = await fetch(String(path), { priority: 'low' });
      await answer.arrayBuffer();
    }
    return true;
  } catch {
    // What is missing is loaded when it is needed, if it can be.
    return false;
  }
}
