import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiorama } from '@diorama/engine';
import { PHOTO_FILE_MAKERS } from '@diorama/fixtures';
import { buildApp, createKey, loadConfig } from '@diorama/server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { canOpenPages, openPage, servePage } from './pages/browser-page.ts';

/** Long: Chromium starts, perhaps on a busy machine. */
const DEADLINE_MS = 120_000;

describe.skipIf(!canOpenPages())('the client in a real browser', { timeout: DEADLINE_MS }, () => {
  it('works for a page of another origin, with a key', async () => {
    const origin = await servePage('client');
    const folder = await mkdtemp(join(tmpdir(), 'diorama-client-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const keysFile = join(folder, 'keys.json');
    const key = await createKey(keysFile, { id: 'page' });

    const diorama = await createDiorama();
    onTestFinished(() => diorama.dispose());
    const env = { DIORAMA_KEYS: keysFile, DIORAMA_CORS_ORIGINS: origin };
    const app = buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'silent', ...env }), { diorama });
    onTestFinished(async () => {
      app.server.closeAllConnections();
      await app.close();
    });
    const server = await app.listen({ port: 0, host: '127.0.0.1' });

    const page = await openPage(origin, 'callAll');
    const photo = Buffer.from(await PHOTO_FILE_MAKERS.jpeg()).toString('base64');
    const said = (await page.call(server, key, photo)) as Record<string, unknown>; // what the page's function answers
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
