import { CHROMIUM_MISSING, findChromium, openChromium } from '@diorama/browser';
import { renderScene } from '@diorama/fixtures';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differenceOf, rasterOf } from './harness/stage-picture.ts';
import {
  type Browser,
  openPhoto,
  openStudioPage,
  type Page,
  type StudioPage,
  screenshot,
} from './harness/studio-page.ts';
import { type StudioServer, startStudioServer } from './harness/studio-server.ts';

const isThere = findChromium() !== undefined;
if (!isThere) console.info(`Tests in a browser are skipped: ${CHROMIUM_MISSING}`);

describe.skipIf(!isThere)('the depth brush', { timeout: 240_000 }, () => {
  let browser: Browser;
  let server: StudioServer;
  let studio: StudioPage;
  let page: Page;

  // Without WebGL: what else the tool does must not need it.
  beforeAll(async () => {
    browser = await openChromium();
    server = await startStudioServer();
    studio = await openStudioPage(browser, server.origin, { reducedMotion: 'reduce' });
    page = studio.page;
    await page.evaluate(`{
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return kind === 'webgl2' ? null : getContext.call(this, kind, ...rest);
      };
    }`);
    const { photo } = renderScene({ seed: 5, family: 'figure', width: 600, height: 400 });
    const raw = { width: photo.width, height: photo.height, channels: 3 } as const;
    const buffer = await sharp(photo.data, { raw }).png().toBuffer();
    await openPhoto(page, { name: 'scene.png', mimeType: 'image/png', buffer });
    await page.keyboard.press('3');
  }, 180_000);
  afterAll(async () => {
    await studio?.close();
    await browser?.close();
    await server?.close();
  });

  const depth = () => page.getByRole('img', { name: /Depth in colours/ });
  const settled = async () => {
    await page.mouse.move(5, 5);
    let before: Buffer | undefined;
    for (let tries = 0; tries < 60; tries++) {
      await page.waitForTimeout(300);
      const png = await depth().screenshot();
      if (before?.equals(png)) return rasterOf(png);
      before = png;
    }
    throw new Error('The depth does not come to rest.');
  };

  it('says in one line that there is no WebGL', async () => {
    await page.getByText('This browser has no WebGL').waitFor();
  });

  it('changes the depth under it and not elsewhere, and undo takes it back', async () => {
    await page.getByRole('switch', { name: 'Depth brush' }).check({ force: true });
    await page.getByRole('radio', { name: 'Set' }).check({ force: true });
    await page.getByLabel('To the depth').press('End');
    await page.getByLabel('Strength').press('End');
    const before = await settled();
    const box = (await depth().boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.1, box.y + box.height * 0.15);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.15, { steps: 6 });
    await page.mouse.up();
    const undo = page.getByRole('button', { name: 'Undo Depth brush' });
    await undo.waitFor();
    await expect
      .poll(async () => at(await settled(), 0.18, 0.15), { timeout: 60_000 })
      .not.toEqual(at(before, 0.18, 0.15));
    const after = await settled();
    await screenshot(page, 'stage-depth-brush');
    // As near as it gets is red in these colours.
    const [red = 0, , blue = 0] = at(after, 0.18, 0.15);
    expect(red).toBeGreaterThan(blue + 60);
    expect(at(after, 0.8, 0.85)).toEqual(at(before, 0.8, 0.85));
    await undo.click();
    await expect
      .poll(async () => differenceOf(await settled(), before), { timeout: 60_000 })
      .toBeLessThan(0.2);
  });

  it('paints by keys, too', async () => {
    const before = await settled();
    await page.getByRole('application', { name: 'Brush on the depth' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Undo Depth brush' }).waitFor();
    await expect
      .poll(async () => differenceOf(await settled(), before), { timeout: 60_000 })
      .toBeGreaterThan(0.2);
    await page.keyboard.press('Control+z');
  });
});

function at(
  { width, height, data }: Awaited<ReturnType<typeof rasterOf>>,
  x: number,
  y: number,
): number[] {
  const pixel = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
  return [...data.slice(pixel, pixel + 3)];
}
