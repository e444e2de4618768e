import { fileURLToPath } from 'node:url';
import {
  bundleForBrowser,
  CHROMIUM_MISSING,
  findChromium,
  openChromium,
  serveSite,
} from '@diorama/browser';
import { onTestFinished } from 'vitest';

/** Whether pages can be opened here; says why where not. */
export function canOpenPages(): boolean {
  const isThere = findChromium() !== undefined;
  if (!isThere) console.info(`Tests in a browser are skipped: ${CHROMIUM_MISSING}`);
  return isThere;
}

/** Serves one of the pages beside this file from an origin of its own, until the test is over; answers the origin. */
export async function servePage(name: 'client' | 'sealed'): Promise<string> {
  const page = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
  const html = '<!doctype html><script type="module" src="/page.js"></script>';
  const bundle = await bundleForBrowser({ page });
  const site = await serveSite(new Map([...bundle, ['index.html', Buffer.from(html)]]));
  onTestFinished(() => site.close());
  return site.origin;
}

/** Opens a page until the test is over, once it has its function of that name; `printed` is what its console says. */
export async function openPage(origin: string, functionName: string) {
  const browser = await openChromium();
  onTestFinished(() => browser.close());
  const tab = await browser.newPage();
  const printed: string[] = [];
  tab.on('console', (message) => printed.push(message.text()));
  await tab.goto(origin);
  await tab.waitForFunction(`globalThis.${functionName}`);
  return {
    printed,
    /** What the function answers to these. */
    call: (...given: readonly string[]): Promise<unknown> =>
      tab.evaluate(`globalThis.${functionName}(...${JSON.stringify(given)})`),
  };
}
