import { CHROMIUM_MISSING, findChromium, openChromium } from '@diorama/browser';
import { PHOTO_FILE_MAKERS } from '@diorama/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, openPhoto, openStudioPage, screenshot } from './harness/studio-page.ts';
import { type StudioServer, startStudioServer } from './harness/studio-server.ts';

const isThere = findChromium() !== undefined;
if (!isThere) console.info(`Tests in a browser are skipped: ${CHROMIUM_MISSING}`);

describe.skipIf(!isThere)('the studio', { timeout: 240_000 }, () => {
  let browser: Browser;
  let server: StudioServer;

  beforeAll(async () => {
    browser = await openChromium();
    server = await startStudioServer();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it.each(['device', 'server'] as const)('makes layers in the mode "%s"', async (mode) => {
    const { page, complaints, outside, close } = await openStudioPage(browser, server.origin);
    await page.locator(`input[value="${mode}"]`).check();
    const buffer = Buffer.from(await PHOTO_FILE_MAKERS.jpeg());
    await openPhoto(page, { name: 'a.jpg', mimeType: 'image/jpeg', buffer });
    await screenshot(page, `first-${mode}`);
    expect({ complaints, outside }).toEqual({ complaints: [], outside: [] });
    await close();
  });
});
