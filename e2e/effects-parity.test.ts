import { fileURLToPath } from 'node:url';
import { bundleForBrowser, type Site, serveSite } from '@diorama/browser';
import { recipeSchema } from '@diorama/contract';
import { renderScene } from '@diorama/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pictureOf, plainScene } from './harness/effects-page.ts';
import { describeInBrowser } from './harness/in-chromium.ts';
import type { Page } from './harness/studio-page.ts';

const SCENE = plainScene(renderScene({ seed: 4, width: 96, height: 64, family: 'plant' }));
const LISTS: Readonly<Record<string, readonly object[]>> = {
  'lens blur': [{ type: 'lens-blur', focus: { at: [0.5, 0.5] }, aperture: 0.25, blades: 6 }],
  'light and air': [
    { type: 'relight', azimuthDegrees: 120, strength: 0.8 },
    { type: 'haze', density: 0.6 },
    { type: 'light-falloff', strength: 0.4 },
    { type: 'colour-pop', keep: { depth: 0.9, range: 0.3 } },
  ],
  'a background': [
    { type: 'background', fill: { kind: 'gradient', from: '#203040', to: '#ffeecc' } },
  ],
  'what moves': [{ type: 'particles', kind: 'snow', amount: 0.7 }],
};

describeInBrowser('effects in Node and in a page', (browser) => {
  let site: Site;
  let page: Page;

  beforeAll(async () => {
    const entry = fileURLToPath(new URL('./harness/effects-page.ts', import.meta.url));
    const files = new Map(await bundleForBrowser({ page: entry }));
    files.set('index.html', Buffer.from('<script type="module" src="/page.js"></script>'));
    site = await serveSite(files);
    page = await browser().newPage();
    await page.goto(site.origin);
    await page.waitForFunction(() => 'makePicture' in globalThis);
  }, 300_000);
  afterAll(() => site?.close());

  it.each(Object.keys(LISTS))('make the same picture: %s', async (name) => {
    const recipe = recipeSchema.parse({ version: 1, effects: LISTS[name] });
    const inPage = await page.evaluate(
      ([scene, text]) => globalThis.makePicture(scene, text, 0.3),
      [SCENE, recipe] as const,
    );
    const inNode = pictureOf(SCENE, recipe, 0.3);
    expect(inPage.length).toBe(inNode.length);
    let apart = 0;
    inNode.forEach((value, at) => {
      apart = Math.max(apart, Math.abs(value - (inPage[at] ?? -99)));
    });
    expect(apart).toBeLessThanOrEqual(2);
  });
});
