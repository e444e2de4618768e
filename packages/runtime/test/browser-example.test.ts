import { openChromium, serveSite } from '@diorama/browser';
import { resizeArea } from '@diorama/core';
import { renderScene } from '@diorama/fixtures';
import { createLocalPredictor, fitModelSize } from '@diorama/runtime';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isChromiumThere, SKIP_NOTE } from './browser-stage.ts';
import { largestDifference } from './tiny-card.ts';

const DEADLINE_MS = 300_000;
/** Two of 255, and half of one for the rounding of the canvas. */
const CLOSE = 2.5 / 255;

describe.skipIf(!isChromiumThere)(`the example page${SKIP_NOTE}`, () => {
  it(
    'shows the matte that Node gives for the same file',
    async () => {
      // A plain script without types, which people run as it is.
      const script = new URL('../../../examples/browser/serve.mjs', import.meta.url).href;
      const { exampleFiles } = await import(script);
      const site = await serveSite(await exampleFiles(), { isIsolated: true });
      onTestFinished(() => site.close());
      const browser = await openChromium();
      onTestFinished(() => browser.close());

      const { photo } = renderScene({ seed: 21, width: 600, height: 400 });
      const { width, height, data } = photo;
      const png = await sharp(data, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer();
      const page = await browser.newPage();
      page.setDefaultTimeout(DEADLINE_MS);
      await page.goto(site.origin);
      await page.waitForFunction('!document.querySelector("input").disabled');
      await page.setInputFiles('input', { name: 'a.png', mimeType: 'image/png', buffer: png });
      await page.waitForFunction('!document.querySelector("canvas").hidden');
      const shown: number[] = await page.evaluate(`(() => {
        const canvas = document.querySelector('canvas');
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
    },
    DEADLINE_MS,
  );
});
