import { afterAll, beforeAll, expect, it } from 'vitest';
import { pixelOf, readCanvas, type Seen } from './harness/canvas-pixels.ts';
import { describeInChromium } from './harness/in-chromium.ts';
import { atRest } from './harness/page-rest.ts';
import { samplePhoto } from './harness/sample-photo.ts';
import {
  openPhoto,
  openTool,
  type Page,
  type StudioPage,
  screenshot,
} from './harness/studio-page.ts';

const LOOKED_AT = { width: 300, height: 200 };

describeInChromium('the depth brush', (stage) => {
  let studio: StudioPage;
  let page: Page;

  // Without WebGL: what else the tool does must not need it.
  beforeAll(async () => {
    studio = await stage().open({ reducedMotion: 'reduce', mode: 'server' });
    page = studio.page;
    await page.evaluate(`{
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return kind === 'webgl2' ? null : getContext.call(this, kind, ...rest);
      };
    }`);
    const { file } = await samplePhoto('figure', { seed: 5, width: 480, height: 320 });
    await openPhoto(page, file);
    await openTool(page, 'Move');
  }, 300_000);
  afterAll(() => studio?.close());

  const depth = () => page.getByRole('img', { name: /Depth in colours/ });
  const look = async () => {
    await atRest(page);
    return readCanvas(page, 'canvas[aria-label^="Depth in colours"]', LOOKED_AT);
  };

  it('says in one line that there is no WebGL', async () => {
    await page.getByText('This browser has no WebGL').waitFor();
  });

  it('changes the depth under it and not elsewhere, and undo takes it back', async () => {
    await page.getByRole('switch', { name: 'Depth brush' }).check({ force: true });
    await page.getByRole('radio', { name: 'Set' }).check({ force: true });
    await page.getByLabel('To the depth').press('End');
    await page.getByLabel('Strength').press('End');
    const before = await look();
    const box = (await depth().boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.1, box.y + box.height * 0.15);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.15, { steps: 6 });
    await page.mouse.up();
    const undo = page.getByRole('button', { name: 'Undo Depth brush' });
    await undo.waitFor();
    const after = await look();
    await screenshot(page, 'stage-depth-brush');
    // As near as it gets is red in these colours.
    const [red = 0, , blue = 0] = pixelOf(after, [0.18, 0.15]);
    expect(red).toBeGreaterThan(blue + 60);
    expect(pixelOf(before, [0.18, 0.15])).not.toEqual(pixelOf(after, [0.18, 0.15]));
    expect(pixelOf(after, [0.8, 0.85])).toEqual(pixelOf(before, [0.8, 0.85]));
    await undo.click();
    expect(differenceOf(await look(), before)).toBe(0);
  });

  it('paints by keys, too', async () => {
    const before = await look();
    await page.getByRole('application', { name: 'Brush on the depth' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Undo Depth brush' }).waitFor();
    expect(differenceOf(await look(), before)).toBeGreaterThan(0.2);
    await page.keyboard.press('Control+z');
    expect(differenceOf(await look(), before)).toBe(0);
    expect({ complaints: studio.complaints, outside: studio.outside }).toEqual({
      complaints: [],
      outside: [],
    });
  });
});

/** Mean difference of all samples, of 255. */
function differenceOf({ rgba: a }: Seen, { rgba: b }: Seen): number {
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0) / a.length;
}
