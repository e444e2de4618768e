import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { describeInChromium } from './harness/in-chromium.ts';
import { atRest } from './harness/page-rest.ts';
import { samplePhoto } from './harness/sample-photo.ts';
import { layersReady, type Page } from './harness/studio-page.ts';

/** More than there are places to stop at on one screen of the studio. */
const MOST_STOPS = 80;

describeInChromium('without a mouse', (stage) => {
  it('a photo is chosen, changed and saved', async () => {
    const { scene, file } = await samplePhoto('figure', { width: 300, height: 200 });
    const { page, complaints, close } = await stage().open({ mode: 'server' });

    await tabTo(page, 'Choose a photo');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press(page, 'Enter')]);
    await chooser.setFiles(file);
    await layersReady(page);

    // The list of keys takes the focus, and gives it back.
    await tabTo(page, 'Keys');
    await press(page, 'Enter');
    await page.getByRole('dialog').waitFor();
    expect(await page.evaluate('document.activeElement.closest("dialog") !== null')).toBe(true);
    await press(page, 'Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('Keys');

    await tabTo(page, 'Effects');
    await press(page, 'Enter');
    await page.getByRole('complementary', { name: 'Effects' }).waitFor();
    await tabTo(page, 'Add an effect');
    await press(page, 'Enter');
    await tabTo(page, /^Colour pop/);
    await press(page, 'Enter');
    await page.getByRole('button', { name: /^Colour pop, 1 of 1/ }).waitFor();

    await tabTo(page, 'Export', 'Shift+Tab');
    await press(page, 'Enter');
    await page.getByRole('complementary', { name: 'Export' }).waitFor();
    await tabTo(page, 'PNG');
    await press(page, 'ArrowRight', 'ArrowLeft');
    expect(await page.getByRole('radio', { name: 'PNG' }).isChecked()).toBe(true);
    await atRest(page);
    await tabTo(page, 'Export');
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Enter')]);
    expect(download.suggestedFilename()).toBe('figure-picture.png');

    const { data, info } = await sharp(await readFile(await download.path()))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 300, height: 200, channels: 3 });
    // The background has lost its colours, and had some.
    const chroma = (samples: Uint8Array) => {
      let sum = 0;
      for (let i = 0; i < scene.alpha.data.length; i++) {
        const pixel = samples.subarray(i * 3, i * 3 + 3);
        if (scene.alpha.data[i] === 0) sum += Math.max(...pixel) - Math.min(...pixel);
      }
      return sum;
    };
    expect(chroma(data)).toBeLessThan(0.1 * chroma(scene.photo.data));
    expect(complaints).toEqual([]);
    await close();
  });
});

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Goes from stop to stop until one has the name; each on the way shows that it is the one. */
async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  while (passed.length < MOST_STOPS) {
    await page.keyboard.press(key);
    await atRest(page);
    const stop = await focused(page);
    expect(await page.evaluate(IS_MARKED), `${stop} shows that it has the focus`).toBe(true);
    if (typeof name === 'string' ? stop === name : name.test(stop)) return;
    passed.push(stop);
  }
  throw new Error(`No key leads to ${name}; passed: ${passed.join(' | ')}`);
}

/** What has the focus is called. */
function focused(page: Page): Promise<string> {
  return page.evaluate<string>(`(() => {
    const stop = document.activeElement;
    if (!stop || stop === document.body) return '';
    const [label] = stop.labels ?? [];
    return (stop.ariaLabel ?? label?.textContent ?? stop.textContent).trim();
  })()`);
}

/** In the page: whether what has the focus, or what stands for it, is outlined. The window's own bar is none of it. */
const IS_MARKED = `(() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body) return true;
  const drawn = [stop, stop.nextElementSibling, stop.parentElement, ...stop.querySelectorAll('*')];
  return drawn.some((one) => {
    if (!one) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  });
})()`;
