import { expect, it } from 'vitest';
import { readCanvas } from './harness/canvas-pixels.ts';
import { describeInChromium } from './harness/in-chromium.ts';
import { samplePhoto } from './harness/sample-photo.ts';
import { openPhoto, openTool, type Page } from './harness/studio-page.ts';

describeInChromium('a page that is loaded again', (stage) => {
  it.each(['device', 'server'] as const)(
    'has kept nothing of the photo, and works as before (%s)',
    async (mode) => {
      const sample = await samplePhoto('figure', { width: 300, height: 200 });
      const file = { ...sample.file, name: 'canary.png' };
      const { page, complaints, outside, close } = await stage().open({ mode });
      await openPhoto(page, file);
      await openTool(page, 'Effects');
      await page.getByRole('button', { name: 'Mist' }).click();
      await page.locator('main [data-frame="whole"]').waitFor({ state: 'attached' });
      expect(await page.title()).toContain('canary');
      expect(await keptBy(page)).toEqual(NOTHING);

      await page.reload();
      await page.getByRole('button', { name: 'Choose a photo' }).waitFor();
      expect(await page.title()).toBe('Diorama');
      expect(await page.evaluate('document.documentElement.innerHTML')).not.toContain('canary');
      expect(await page.locator('canvas').count()).toBe(0);
      expect(await keptBy(page)).toEqual(NOTHING);

      await page.locator(`input[value="${mode}"]`).check({ force: true });
      await openPhoto(page, file);
      await openTool(page, 'Cut out');
      const { rgba } = await readCanvas(page, 'main canvas', { width: 30, height: 20 });
      const alphas = rgba.filter((_, at) => at % 4 === 3);
      expect([Math.min(...alphas), Math.max(...alphas)]).toEqual([0, 255]);
      expect({ complaints, outside }).toEqual({ complaints: [], outside: [] });
      await close();
    },
  );
});

/** Where a page may keep something beyond its own life. */
const NOTHING = {
  local: {},
  session: {},
  cookie: '',
  databases: [],
  caches: [],
  files: [],
  workers: 0,
  state: null,
  name: '',
  address: '/',
  entries: 1,
};

/** What is there now; one page is one entry of its history, and its address says nothing. */
function keptBy(page: Page): Promise<unknown> {
  return page.evaluate(`(async () => {
    const files = [];
    for await (const file of (await navigator.storage.getDirectory()).keys()) files.push(file);
    return {
      local: { ...localStorage },
      session: { ...sessionStorage },
      cookie: document.cookie,
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      files,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      state: history.state,
      name: window.name,
      address: location.pathname + location.search + location.hash,
      entries: navigation.entries().length,
    };
  })()`);
}
