import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from './harness/in-chromium.ts';
import { atRest } from './harness/page-rest.ts';
import { samplePhoto } from './harness/sample-photo.ts';
import {
  openPhoto,
  type Page,
  type StudioPage,
  screenshot,
  TOOL_NAMES,
  VIEWPORTS,
} from './harness/studio-page.ts';

/** What has the focus, as a person would call it. */
const FOCUSED = `(() => {
  const { activeElement: element } = document;
  return element.getAttribute('aria-label') ?? (element.textContent.trim() || element.tagName);
})()`;

describeInChromium('without a mouse', (stage) => {
  let open: StudioPage;
  let page: Page;

  beforeAll(async () => {
    open = await stage().open({ reducedMotion: 'reduce', mode: 'server' });
    page = open.page;
    await openPhoto(page, (await samplePhoto('figure', { width: 480, height: 320 })).file);
  }, 300_000);
  afterAll(() => open?.close());

  const focused = () => page.evaluate<string>(FOCUSED);
  const tool = () => page.locator('main').getAttribute('aria-label');
  const go = async (key: string) => {
    await page.keyboard.press(key);
    await page.locator(`main[aria-label="${TOOL_NAMES[Number(key) - 1]}"]`).waitFor();
    await page.locator('aside section').first().waitFor();
    await atRest(page);
  };

  it('numbers choose tools wherever the focus is, which is never lost by it', async () => {
    await page.getByRole('application').focus();
    await go('2');
    await expect.poll(focused).toBe('Cut out');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Cut-out');
    await go('1');
    await expect.poll(tool).toBe('Look');
    await expect.poll(focused).toBe('Look');
  });

  it('the photo is zoomed from anywhere, and the list of keys says how', async () => {
    const zoom = page.getByRole('button', { name: /^Shown at/ });
    const fitted = await zoom.textContent();
    await page.getByRole('radio', { name: 'Depth' }).focus();
    await page.keyboard.press('z');
    await expect.poll(() => zoom.textContent()).toBe('100 %');
    await page.keyboard.press('0');
    await expect.poll(() => zoom.textContent()).toBe(fitted);
    await page.keyboard.press('?');
    const list = page.getByRole('dialog', { name: 'Keys' });
    expect(await list.getByText('At 100 %').locator('..').textContent()).toBe('At 100 %Z');
    // What lies behind the list is none of its keys' business.
    await page.keyboard.press('4');
    expect(await tool()).toBe('Look');
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    expect(await focused()).toBe('Depth');
  });

  it('the place that is read is not hidden by the handle of the divider', async () => {
    const probe = page.getByRole('button', { name: /^Place to read/ });
    const handle = page.getByRole('slider', { name: 'Divider' }).locator('span');
    await page.getByRole('slider', { name: 'Divider' }).focus();
    await page.keyboard.press('Tab');
    expect(await focused()).toMatch(/^Place to read/);
    const [a, b] = [await probe.boundingBox(), await handle.boundingBox()];
    expect(Math.abs((a?.x ?? 0) - (b?.x ?? 0))).toBeGreaterThan(40);
    await screenshot(page, 'panels-keys-probe');
    await page.keyboard.press('Escape');
  });

  it('an effect is added, changed, removed and had back, the focus always near it', async () => {
    let choosers = 0;
    page.on('filechooser', () => choosers++);
    await go('4');
    await page.getByRole('button', { name: 'Add an effect' }).focus();
    for (const key of ['Enter', 'Tab', 'Tab', 'Enter']) await page.keyboard.press(key);
    await expect.poll(focused).toBe('Background, 1 of 1');
    await page.getByRole('radio', { name: 'Gradient' }).focus();
    for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowRight');
    // Arrows go past a picture; who wants one asks for it.
    await page.getByRole('button', { name: 'Choose a picture' }).waitFor();
    expect(await page.getByRole('radio', { name: 'Picture' }).isChecked()).toBe(true);
    expect(choosers).toBe(0);
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('radio', { name: 'Colour', exact: true }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Remove background' }).press('Enter');
    expect(await focused()).toBe('Add an effect');
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: 'Background, 1 of 1' }).press('Enter');
    await page.getByRole('button', { name: 'Duplicate' }).press('Enter');
    await page.getByRole('button', { name: 'Remove all' }).press('Enter');
    expect(await focused()).toBe('Add an effect');
  });

  it('a panel that is shut on a small page keeps the focus out', async () => {
    await page.setViewportSize(VIEWPORTS.phone);
    const handle = page.getByRole('button', { name: 'Smaller panel' });
    await handle.press('Enter');
    const passed: string[] = [];
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab');
      passed.push(await focused());
    }
    expect(passed).toContain('Larger panel');
    expect(passed).not.toContain('Add an effect');
    await page.getByRole('button', { name: 'Larger panel' }).press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Add an effect');
    await page.setViewportSize(VIEWPORTS.laptop);
  });

  it('a PNG is exported, and nothing was complained of', async () => {
    await go('5');
    const button = page.locator('aside').getByRole('button', { name: 'Export', exact: true });
    await button.focus();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.keyboard.press('Enter'),
    ]);
    expect(download.suggestedFilename()).toBe('figure-picture.png');
    await page.getByText('Saved').waitFor();
    expect(await focused()).toBe('Export');
    expect({ complaints: open.complaints, outside: open.outside }).toEqual({
      complaints: [],
      outside: [],
    });
  });
});
