import { readFileSync } from 'node:fs';
import { openChromium, type Site, serveSite } from '@diorama/browser';
import type { ModelCard } from '@diorama/contract';
import { resizeArea } from '@diorama/core';
import { renderScene } from '@diorama/fixtures';
import { createLocalPredictor, fitModelSize } from '@diorama/runtime';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type ServerProcess, startServer } from './browser-server.ts';
import { isChromiumThere, SKIP_NOTE } from './browser-stage.ts';
import { largestDifference, tinyCard, tinyModelPath } from './tiny-card.ts';

const DEADLINE_MS = 300_000;
/** Two of 255, and half of one for the rounding of the canvas. */
const CLOSE = 2.5 / 255;

async function pngOf({ width, height, data }: ReturnType<typeof renderScene>['photo']) {
  const buffer = await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  return { name: 'a.png', mimeType: 'image/png', buffer };
}

const stateOf = (page: Page): Promise<string> =>
  page.evaluate("document.getElementById('state').value");
const whenReady = (page: Page) =>
  page.waitForFunction("document.getElementById('state').value.startsWith('Ready')");

describe.skipIf(!isChromiumThere)(`the example page${SKIP_NOTE}`, { timeout: DEADLINE_MS }, () => {
  let server: ServerProcess | undefined;
  let site: Site;
  beforeAll(async () => {
    server = await startServer([]);
    // A plain script without types, which people run as it is.
    const script = new URL('../../../examples/browser/serve.mjs', import.meta.url).href;
    const { exampleFiles } = await import(script);
    site = await serveSite(await exampleFiles(), { isIsolated: true, server: server.address });
  }, DEADLINE_MS);
  afterAll(async () => {
    await site?.close();
    await server?.close();
  });

  async function openPage(): Promise<Page> {
    const browser = await openChromium();
    onTestFinished(() => browser.close());
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(DEADLINE_MS);
    await page.goto(site.origin);
    await page.waitForFunction("document.querySelector('option')");
    return page;
  }

  it("shows the matte that Node gives for the server's model", async () => {
    const page = await openPage();
    expect(await page.isVisible('#acceptance')).toBe(false);
    await page.click('#load');
    await whenReady(page);
    const { photo } = renderScene({ seed: 21, width: 600, height: 400 });
    await page.setInputFiles('#photo', await pngOf(photo));
    await page.waitForSelector('#matte', { state: 'visible' });
    const shown: number[] = await page.evaluate(`(() => {
      const canvas = document.getElementById('matte');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return Array.from(data).filter((_, n) => n % 4 === 0);
    })()`);

    const node = await createLocalPredictor({ threads: 1 });
    onTestFinished(() => node.dispose());
    const image = resizeArea(photo, fitModelSize(node.card, photo));
    const { matte } = await node.predict({ image, wanted: ['matte'] });
    const own = matte?.data ?? new Float32Array();
    expect(shown).toHaveLength(own.length);
    const web = Float32Array.from(shown, (sample) => sample / 255);
    expect(largestDifference(web, own)).toBeLessThanOrEqual(CLOSE);
    expect(await page.isVisible('#kept')).toBe(false);
  });

  it('keeps a model where a person ticks it, and loads it without a request then', async () => {
    const page = await openPage();
    await page.check('#keep');
    await page.click('#load');
    await whenReady(page);
    expect(await page.textContent('#kept li')).toMatch(/^diorama-s, 9\.0 MB/);
    const loads = (): number => site.asked.filter((path) => path.endsWith('.onnx')).length;
    const before = loads();
    await page.reload();
    await page.waitForFunction("document.querySelector('option')");
    await page.check('#keep');
    await page.click('#load');
    await whenReady(page);
    expect(loads()).toBe(before);
    await page.click('#kept button');
    await page.waitForSelector('#kept', { state: 'hidden' });
  });

  it("takes a person's own file and card, after a yes to a licence that binds", async () => {
    const page = await openPage();
    const licence: ModelCard['licence'] = {
      spdx: 'CC-BY-NC-4.0',
      commercialUse: false,
      terms: 'Not for commercial use.',
    };
    const json = (card: object) => ({
      name: 'card.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(card)),
    });
    await page.selectOption('#models', 'own');
    await page.setInputFiles('#file', {
      name: 'channels.onnx',
      mimeType: 'application/octet-stream',
      buffer: readFileSync(tinyModelPath('channels')),
    });
    await page.setInputFiles('#card', json({ id: 'none' }));
    await page.waitForFunction("document.getElementById('state').value.includes('not valid')");
    await page.setInputFiles('#card', json(tinyCard('channels', { licence })));
    await page.waitForSelector('#acceptance', { state: 'visible' });
    expect(await page.textContent('#licence')).toBe('Not for commercial use. (CC-BY-NC-4.0)');
    expect(await page.isDisabled('#load')).toBe(true);
    await page.check('#accept');
    await page.click('#load');
    await whenReady(page);
    expect(await stateOf(page)).toMatch(/^Ready: Tiny channels, on wasm/);
  });
});
