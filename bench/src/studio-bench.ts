import { openChromium } from '@diorama/browser';
import type { Diorama } from '@diorama/engine';
import { buildApp, loadConfig } from '@diorama/server';

type Browser = Awaited<ReturnType<typeof openChromium>>;
type Page = Awaited<ReturnType<Browser['newPage']>>;

/** How long one photo took, from the drop. */
export interface Drop {
  readonly previewMs: number;
  readonly layersMs: number;
}

/** The built studio, served as it is, and a browser. */
export interface StudioBench {
  /** Drops a photo again and again, each time when the page is warm. */
  drop(photo: Uint8Array, times: number): Promise<readonly Drop[]>;
  /** Bytes of JavaScript, as they travel, that a page asks for until a photo has its layers. */
  scriptBytes(photo: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

const PATIENCE_MS = 120_000;

/** Runs in the page: notes when a photo is chosen and when each phase begins. */
const NOTE_PHASES = `{
  globalThis.noted = {};
  const root = document.documentElement;
  const note = (name) => { noted[name] ??= performance.now(); };
  new MutationObserver(() => note(root.dataset.phase)).observe(root, { attributeFilter: ['data-phase'] });
  document.querySelector('#photo-file').addEventListener('change', () => {
    noted = { drop: performance.now() };
  }, true);
}`;

/** @throws DioramaError `INPUT_NOT_FOUND` when there is no Chromium on this machine */
export async function openStudioBench(diorama: Diorama): Promise<StudioBench> {
  const browser = await openChromium();
  const { STUDIO_FOLDER: studioFolder } = process.env;
  const app = buildApp(loadConfig({ DIORAMA_LOG_LEVEL: 'silent' }), {
    diorama,
    ...(studioFolder ? { studioFolder } : {}),
  });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const origin = `http://localhost:${new URL(address).port}`;

  async function openPage(): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    return page;
  }

  return {
    drop: async (photo, times) => {
      const page = await openPage();
      await page.goto(origin);
      // Everything that loads by itself has loaded then.
      await page.locator('html[data-stored]').waitFor({ state: 'attached' });
      await page.evaluate(NOTE_PHASES);
      const drops: Drop[] = [];
      while (drops.length < times) {
        await page.locator('html[data-warm]').waitFor({ state: 'attached' });
        await choose(page, photo);
        // The choice itself ended the phase of the photo before.
        await page.locator('html[data-phase="ready"]').waitFor();
        const noted = await page.evaluate<Record<'drop' | 'preview' | 'ready', number>>('noted');
        drops.push({
          previewMs: noted.preview - noted.drop,
          layersMs: noted.ready - noted.drop,
        });
      }
      await page.context().close();
      return drops;
    },
    scriptBytes: async (photo) => {
      const page = await openPage();
      // What is fetched ahead of its use is no part of it.
      await page.route('**/chunks.json', (route) => route.abort());
      const sizes: Promise<number>[] = [];
      page.on('requestfinished', (request) => {
        if (!/\.m?js$/.test(new URL(request.url()).pathname)) return;
        if (/\/ort\//.test(request.url())) return;
        sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
      });
      await page.goto(origin);
      await choose(page, photo);
      await page.locator('html[data-phase="ready"]').waitFor();
      const total = (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
      await page.context().close();
      return total;
    },
    close: async () => {
      await browser.close();
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

async function choose(page: Page, photo: Uint8Array): Promise<void> {
  await page
    .locator('#photo-file')
    .setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(photo) });
}
