import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  bundleForBrowser,
  CHROMIUM_MISSING,
  findChromium,
  openChromium,
  serveSite,
} from '@diorama/browser';
import { createDiorama } from '@diorama/engine';
import { PHOTO_FILE_MAKERS } from '@diorama/fixtures';
import { buildApp, createKey, loadConfig } from '@diorama/server';
import { describe, expect, it, onTestFinished } from 'vitest';

/** Long: Chromium starts, perhaps on a busy machine. */
const DEADLINE_MS = 120_000;
const isThere = findChromium() !== undefined;
if (!isThere) console.info(`Tests in a browser are skipped: ${CHROMIUM_MISSING}`);

describe.skipIf(!isThere)('the client in a real browser', { timeout: DEADLINE_MS }, () => {
  it('works for a page of another origin, with a key', async () => {
    const page = fileURLToPath(new URL('pages/client.mjs', import.meta.url));
    const bundle = await bundleForBrowser({ client: page });
    const html = '<!doctype html><script type="module" src="/client.js"></script>';
    const site = await serveSite(new Map([...bundle, ['index.html', Buffer.from(html)]]));
    onTestFinished(() => site.close());
    const folder = await mkdtemp(join(tmpdir(), 'diorama-client-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const keysFile = join(folder, 'keys.json');
    const key = await createKey(keysFile, { id: 'page' });

    const diorama = await createDiorama();
    onTestFinished(() => diorama.dispose());
    const env = { DIORAMA_KEYS: keysFile, DIORAMA_CORS_ORIGINS: site.origin };
    const app = buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'silent', ...env }), { diorama });
    onTestFinished(async () => {
      app.server.closeAllConnections();
      await app.close();
    });
    const server = await app.listen({ port: 0, host: '127.0.0.1' });

    const browser = await openChromium();
    onTestFinished(() => browser.close());
    const tab = await browser.newPage();
    await tab.goto(site.origin);
    await tab.waitForFunction('globalThis.callAll');
    const photo = Buffer.from(await PHOTO_FILE_MAKERS.jpeg()).toString('base64');
    const call = `globalThis.callAll(...${JSON.stringify([server, key, photo])})`;
    // The page's own function, which says above what it answers.
    const said = (await tab.evaluate(call)) as Record<string, unknown>;
    const { documentFiles, files, ...rest } = said;
    expect(files).toEqual(documentFiles);
    expect(files).toHaveLength(4);
    expect(rest).toEqual({
      models: ['diorama-s'],
      hasTimings: true,
      background: 'image/png',
      samples: true,
      lastStep: 'send',
      jobFiles: ['matte.png'],
      refused: 'PHOTO_TYPE_UNSUPPORTED',
      keyless: 'KEY_REQUIRED',
    });
  });
});
