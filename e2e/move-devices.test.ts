import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { describeInChromium } from './harness/in-chromium.ts';
import { samplePhoto } from './harness/sample-photo.ts';
import { differenceOf, stagePicture } from './harness/stage-picture.ts';
import { openPhoto, openStudioPage, type Page, screenshot } from './harness/studio-page.ts';

const openTool = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Tools' }).getByRole('button', { name }).click();

describeInChromium(
  'on other devices',
  (stage) => {
    const openSmall = async (viewport: 'phone' | 'laptop', script = '') => {
      const { browser, server } = stage();
      const opened = await openStudioPage(browser, server.origin, {
        viewport,
        hasTouch: viewport === 'phone',
        reducedMotion: 'reduce',
      });
      const { page } = opened;
      await page.addInitScript(script);
      await page.reload();
      await openPhoto(page, (await samplePhoto('figure', { width: 300, height: 200 })).file);
      return opened;
    };

    it('the camera follows how a phone is held, and a refusal is said', async () => {
      const { page, close } = await openSmall(
        'phone',
        'globalThis.mayTilt = "denied"; DeviceOrientationEvent.requestPermission = async () => mayTilt;',
      );
      await openTool(page, 'Move');
      const button = page.getByRole('button', { name: 'Move by tilting' });
      await button.tap();
      await page.getByText('The browser was not allowed to tell how the device is held.').waitFor();
      await screenshot(page, 'move-tilt-refused');
      expect(await button.getAttribute('aria-pressed')).toBe('false');

      // Held upright until it is heard, as a sensor goes on telling.
      const hold = (gamma: number) =>
        page.evaluate(`clearInterval(globalThis.held); globalThis.held = setInterval(() => dispatchEvent(
          new DeviceOrientationEvent('deviceorientation', { alpha: 0, beta: 40, gamma: ${gamma} })), 50)`);
      await page.evaluate('globalThis.mayTilt = "granted"');
      await hold(0);
      await button.tap();
      await page.getByRole('button', { name: 'Move by tilting', pressed: true }).waitFor();
      const straight = await stagePicture(page);
      await hold(18);
      const aside = await stagePicture(page);
      expect(differenceOf(straight, aside)).toBeGreaterThan(1);
      await page.evaluate('clearInterval(globalThis.held)');
      await button.tap();
      expect(differenceOf(await stagePicture(page), straight)).toBeLessThan(0.5);
      await close();
    });

    it('without WebGL a camera is refused in words, and what effects move is exported', async () => {
      const { page, close } = await openSmall(
        'laptop',
        `const before = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
          return kind === 'webgl2' ? null : before.call(this, kind, ...rest);
        };`,
      );
      await openTool(page, 'Effects');
      await page.locator('input[type="file"][accept*="json"]').setInputFiles({
        name: 'snow.json',
        mimeType: 'application/json',
        buffer: Buffer.from(
          JSON.stringify({
            version: 1,
            effects: [{ type: 'particles', kind: 'snow', amount: 0.8, size: 3 }],
            loopSeconds: 1,
          }),
        ),
      });
      await openTool(page, 'Export');
      await page.getByRole('radio', { name: 'Movie' }).check();
      await page.locator('input[type="radio"][value="webp"]').check();
      await page.locator('input[type="radio"][value="10"]').check();
      await page.getByText('Without WebGL no camera can move.').waitFor();
      await screenshot(page, 'move-no-webgl');
      const button = page.getByRole('button', { name: 'Export', exact: true }).last();
      expect(await button.isDisabled()).toBe(true);
      await page.getByRole('radio', { name: 'Still', exact: true }).check();
      const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
      const bytes = await readFile(await download.path());
      const [first, later] = await Promise.all(
        [0, 5].map((at) => sharp(bytes, { page: at }).removeAlpha().raw().toBuffer()),
      );
      expect(first?.equals(later ?? Buffer.alloc(0))).toBe(false);
      await close();
    });
  },
  { gpu: 'webgl' },
);
