import type { Studio } from '../engine/studio.ts';
import { prefetchChunks } from './prefetch-chunks.ts';

/** What a browser says of its line, where it says anything. */
interface Line {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

/** Whether bytes are dear here: nothing is loaded then before somebody asks for it. */
function isLineDear(): boolean {
  const { connection } = navigator as { readonly connection?: Line }; // not in every browser
  return connection?.saveData === true || /2g/.test(connection?.effectiveType ?? '');
}

/**
 * Once the page has been painted and has nothing else to do: gets the network ready, so that the first photo need not
 * wait, then loads what tools need, so that all of it works once the line is cut.
 */
export function warmWhenIdle(studio: Studio): void {
  if (isLineDear()) return;
  whenIdle(async () => {
    await studio.warm();
    whenIdle(async () => {
      // From now on the line may be cut.
      if (await prefetchChunks()) document.documentElement.dataset['stored'] = '';
    });
  });
}

function whenIdle(work: () => Promise<void>): void {
  const run = () => void work();
  // Not in every browser.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: 2000 });
  else setTimeout(run, 200);
}
