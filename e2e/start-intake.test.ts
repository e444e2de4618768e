import {
  fromRaster,
  makeOrientedJpeg,
  makeTransparentPicture,
  makeUprightPicture,
} from '@diorama/fixtures';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { readCanvas } from './harness/canvas-pixels.ts';
import { describeInChromium } from './harness/in-chromium.ts';
import { type PageFile, pageFile } from './harness/page-file.ts';
import { atRest } from './harness/page-rest.ts';
import { samplePhoto } from './harness/sample-photo.ts';
import { layersReady, openPhoto, screenshot } from './harness/studio-page.ts';

describeInChromium('a photo comes into the studio', tests, { camera: 'fake' });

function tests(stage: Parameters<Parameters<typeof describeInChromium>[1]>[0]): void {
  let scene: PageFile;
  beforeAll(async () => {
    scene = (await samplePhoto('figure', { width: 360, height: 240 })).file;
  });
  const open = () => stage().open({ mode: 'server' });

  it('dropped anywhere, pasted, and chosen as a sample', async () => {
    const { page, complaints, outside, close } = await open();
    await screenshot(page, 'start');
    await handOver(page, 'drop', scene);
    await layersReady(page);
    expect(await page.title()).toBe('figure.png – Diorama');
    // The view has the focus: the next key is for it.
    expect(await page.locator('main:focus').count()).toBe(1);

    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /back to the start/ }).click();
    await page.getByRole('button', { name: 'Choose a photo' }).waitFor();
    expect(await page.title()).toBe('Diorama');
    await handOver(page, 'paste', { ...scene, name: 'pasted.png' });
    await layersReady(page);
    expect(await page.title()).toBe('pasted.png – Diorama');

    await page.getByRole('button', { name: /back to the start/ }).click();
    await page.locator('section ul button').first().click();
    await layersReady(page);
    expect(await page.title()).toMatch(/^\w+\.jpg – Diorama$/);
    expect({ complaints, outside }).toEqual({ complaints: [], outside: [] });
    await close();
  });

  it('by the keyboard alone, and the last of two that come at once wins', async () => {
    const { page, complaints, close } = await open();
    await page.getByRole('button', { name: 'Choose a photo' }).waitFor();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.keyboard.press('o'),
    ]);
    await chooser.setFiles({ ...scene, name: 'first.jpg' });
    await handOver(page, 'drop', { ...scene, name: 'second.jpg' });
    await layersReady(page);
    expect(await page.title()).toBe('second.jpg – Diorama');
    // The same file once more is a photo like any other.
    await openPhoto(page, { ...scene, name: 'second.jpg' });
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Open a photo').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('html').getAttribute('data-phase')).toBe('ready');
    expect(complaints).toEqual([]);
    await close();
  });

  it('from the camera, or one line says why not', async () => {
    const { page, complaints, close } = await open();
    await page.context().grantPermissions(['camera']);
    await page.getByRole('button', { name: 'Take a photo' }).click();
    await page.getByRole('button', { name: 'Take the photo' }).click();
    await layersReady(page);
    expect(await page.title()).toBe('camera.jpg – Diorama');
    expect(complaints).toEqual([]);
    await close();

    const denied = await open();
    await denied.page.context().clearPermissions();
    await denied.page.getByRole('button', { name: 'Take a photo' }).click();
    await denied.page.getByRole('dialog').getByText('may not use the camera').waitFor();
    await denied.close();
  });

  it('upright, in its own colours, and with what is transparent', async () => {
    const { page, close } = await open();
    const upright = makeUprightPicture();
    const { width, height } = upright;
    const turned = pageFile('turned.jpg', await makeOrientedJpeg(6), 'image/jpeg');
    const { data } = await fromRaster(makeTransparentPicture()).png().toUint8Array();
    const clear = pageFile('clear.png', data, 'image/png');
    for (const file of [turned, clear]) {
      await openPhoto(page, file);
      expect(await page.title()).toContain(file.name);
      await page.locator('aside').getByText(`${width} × ${height}`).waitFor();
      // The photo itself over all of the view.
      await page.getByRole('slider', { name: 'Divider' }).press('End');
      await atRest(page);
      const { rgba } = await readCanvas(page, 'main canvas', { width, height });
      const apart = upright.data.map((value, at) =>
        Math.abs(value - (rgba[Math.floor(at / 3) * 4 + (at % 3)] ?? 0)),
      );
      // The last row of the clear one is not there at all.
      expect(apart.reduce((sum, value) => sum + value, 0) / apart.length).toBeLessThan(3);
      const alphas = [20, 70].map((x) => rgba[(32 * width + x) * 4 + 3]);
      expect(alphas).toEqual(file === clear ? [255, 128] : [255, 255]);
    }
    await close();
  });
}

/** Gives the page a file as the system does when one is dropped on it, or pasted into it. */
async function handOver(page: Page, how: 'drop' | 'paste', file: PageFile): Promise<void> {
  const { name, mimeType: type, buffer } = file;
  const given = JSON.stringify({ how, name, type, base64: buffer.toString('base64') });
  if (how === 'drop') {
    // What is dragged over the page before: it says that it can be dropped there.
    await page.evaluate(DRAG_OVER);
    await page.getByText('Drop it anywhere', { exact: true }).waitFor();
  }
  await page.evaluate(`(${HAND_OVER})(${given})`);
}

/** Runs in the page. */
const DRAG_OVER = `{
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([], 'a.png', { type: 'image/png' }));
  const over = { bubbles: true, cancelable: true, dataTransfer };
  document.body.dispatchEvent(new DragEvent('dragenter', over));
}`;

/** Runs in the page. */
const HAND_OVER = `({ how, name, type, base64 }) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], name, { type }));
  const init = { bubbles: true, cancelable: true };
  document.body.dispatchEvent(
    how === 'drop'
      ? new DragEvent('drop', { ...init, dataTransfer: data })
      : new ClipboardEvent('paste', { ...init, clipboardData: data }),
  );
}`;
